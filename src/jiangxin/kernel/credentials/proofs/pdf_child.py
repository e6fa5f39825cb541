"""Run as a process of its own: a PDF's attached files, then its text, a line of JSON each.

A PDF is a program for its reader. So it is read by a process that may take some tenths of
a second of computing and no more memory than said, and that is simply ended when it wants more.
"""

import base64
import json
import resource
import signal
import sys
from dataclasses import fields
from io import BytesIO
from itertools import islice
from typing import Any

MEMORY_BYTES = 400 * 1024 * 1024
CPU_SECONDS = 0.7
LARGEST_ATTACHMENT = 1_000_000
MOST_ATTACHMENTS = 16
MOST_PAGES = 2
LONGEST_TEXT = 20_000


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    # Of computing, not of waiting; nobody listens to the signal, which ends it.
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Imported under the limits: what the reader costs counts too.
    from pypdf import Configuration, PdfReader, overwrite_configuration

    limits: dict[str, Any] = {
        field.name: LARGEST_ATTACHMENT
        for field in fields(Configuration)
        if field.name.endswith("_maximum_output_length")
    }
    overwrite_configuration(**limits)
    reader = PdfReader(BytesIO(sys.stdin.buffer.read()), strict=False)
    attached = islice(reader.attachment_list, MOST_ATTACHMENTS)
    contents = [attachment.content for attachment in attached]
    json.dump(
        [
            base64.b64encode(content).decode()
            for content in contents
            if len(content) <= LARGEST_ATTACHMENT
        ],
        sys.stdout,
    )
    # What was found stays found, should the text take too long.
    sys.stdout.write("\n")
    sys.stdout.flush()
    pages = islice(reader.pages, MOST_PAGES)
    text = "\n".join(page.extract_text() for page in pages)
    json.dump(text[:LONGEST_TEXT], sys.stdout)


if __name__ == "__main__":
    main()
