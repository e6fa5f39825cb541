"""A process of the platform that writes and reads phones while keys are changed.

    python -m tests.foundation.sealing.another_process FIRST LAST FOLDER

It owns the people FIRST to LAST and works until FOLDER has a file `stop`. It fails when
anything cannot be read or a value it wrote last is not the one that is there. The size
of the file FIRST in FOLDER is the number of rounds that went well.
"""

import random
import sys
from pathlib import Path

import django


def main(first, last, folder):
    django.setup()
    from jiangxin.kernel.register.models import Person

    mine = range(int(first), int(last) + 1)
    written = {}
    stop, done = Path(folder) / "stop", (Path(folder) / first).open("ab", buffering=0)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    rounds = 0
    while not stop.exists():
        rounds += 1
        for key in random.sample(mine, 5):
            written[key] = f"{key}/{rounds}"
            if rounds % 2:
                Person.objects.filter(pk=key).update(phone=written[key])
            else:
                person = Person.objects.get(pk=key)
                person.phone = written[key]
                person.save(update_fields=["phone"])
        columns = ("pk", "phone", "id_number", "id_index")
        read = {
            row[0]: row[1:]
            for row in Person.objects.filter(pk__in=mine).values_list(*columns)
        }
        wrong = {
            key: read[key][0] for key, text in written.items() if read[key][0] != text
        }
        assert not wrong, wrong
        # What nobody writes is sealed anew under our eyes, and says the same.
        numbers = {number: index for _phone, number, index in read.values()}
        assert len(numbers) == len(mine)
        assert all(f"number {index}" == number for number, index in numbers.items())
        done.write(b".")


if __name__ == "__main__":
    main(*sys.argv[1:])
