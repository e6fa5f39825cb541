"""The closing line of the fuzzing: how many files were made up, and what became of them.

Each test notes its counts in its report, as the access walk does.
"""

FUZZED = "fuzzed files"


def closing_line(reports):
    """Return the line for the tests' reports; "" when none of them fuzzed."""
    counts = [
        count
        for report in reports
        for name, count in getattr(report, "user_properties", ())
        if name == FUZZED
    ]
    if not counts:
        return ""
    made = sum(made for made, _refused in counts)
    refused = sum(refused for _made, refused in counts)
    return (
        f"fuzzed files: {made} read, {refused} refused, {made - refused} unchanged in "
        "what they say, none taken for something else"
    )
