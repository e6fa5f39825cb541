"""The API does what its description says, whatever it is sent (schemathesis)."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from jiangxin.kernel.access.enums import Role
from jiangxin.kernel.policy.registry.serving import forget
from jiangxin.project.wsgi import application

pytestmark = pytest.mark.django_db

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
forget()  # reading the description was a request; other tests are still to be collected
schema.config.generation.update(modes=list(GenerationMode))

CHECKS = [
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    schemathesis.checks.not_a_server_error,
    status_code_conformance,
    unsupported_method,
]


@pytest.fixture(autouse=True)
def keep_the_connection():
    """The transaction of the test is in it; Django's own test client does the same."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def token(account, token_of, workers, settings):
    settings.JIANGXIN_API_CALLS_A_MINUTE = 1_000_000
    return token_of(account(Role.FEDERATION_OFFICER, region_code="331023"))


@schema.parametrize()
@settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_answers_are_as_described(case, token):
    case.call_and_validate(checks=CHECKS, headers={"Authorization": f"Bearer {token}"})
