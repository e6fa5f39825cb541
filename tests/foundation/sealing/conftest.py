import pytest

from jiangxin.foundation.sealing import ring


@pytest.fixture
def key_ring(settings, tmp_path):
    """A ring of its own, as a fresh deployment has it."""
    settings.JIANGXIN_KEY_RING = tmp_path / "keys" / "ring.json"
    ring.forget()
    yield settings.JIANGXIN_KEY_RING
    ring.forget()
