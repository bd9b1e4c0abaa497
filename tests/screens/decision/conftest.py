"""One laptop for all tests of a file, each with a person of its own; the team has a policy and staff."""

from tests.services.decision.conftest import laptop, person_id, shared_laptop

__all__ = ["laptop", "person_id", "shared_laptop"]
