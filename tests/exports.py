"""Reading a list as the file it is exported to."""


def exported(client, address, **query):
    """Return the text of the export, having made sure that it is one and not the page."""
    answer = client.get(address, {**query, "export": "csv"})
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/csv"), answer["Content-Type"]
    return b"".join(answer).decode()
