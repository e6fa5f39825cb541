"""A process of the platform that writes and reads phones while keys are changed.

    python -m tests.foundation.sealing.another_process FIRST LAST STOP

It owns the people FIRST to LAST, works until the file STOP is there, and fails when
anything cannot be read or a value it wrote last is not the one that is there.
"""

import random
import sys
from pathlib import Path

import django


def main(first, last, stop):
    django.setup()
    from jiangxin.kernel.register.models import Person

    mine = range(int(first), int(last) + 1)
    written = {}
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    rounds = 0
    while not Path(stop).exists():
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
    sys.stdout.write(f"{rounds}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
