"""Schemathesis against the description of the API: no input makes a defect, and every answer is of the shape that is described."""

from __future__ import annotations

import json
import os
from importlib.resources import files
from typing import Any

import httpx
import jsonschema
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance
from serving import Served

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
EXAMPLES = 12  # of each resource; `make fuzz` tries more


def test_whatever_is_asked_the_answer_is_as_described(served: Served) -> None:
    schema = schemathesis.openapi.from_url(f"{served.base}/api/v1/openapi.json")
    most = int(os.environ.get("MAHDAR_FUZZ", EXAMPLES))
    asked = 0
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=most, deadline=None, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))
        def check(case: Any) -> None:
            nonlocal asked
            asked += 1
            case.call_and_validate(checks=CHECKS, timeout=60)

        given(case=operation.as_strategy())(check)()
    assert asked > 100


def test_every_resource_has_an_example_that_is_of_its_shape(served: Served) -> None:
    described = httpx.get(f"{served.base}/api/v1/openapi.json").json()
    examples = json.loads(files("mahdar.server").joinpath("examples.json").read_text(encoding="utf-8"))
    for methods in described["paths"].values():
        content = methods.get("get", methods.get("post", {})).get("responses", {}).get("200", {}).get("content", {}).get("application/json", {})
        name = next(iter(methods.values()))["operationId"]
        if name in examples:
            assert content["example"] == examples[name]
            jsonschema.validate(content["example"], {**content["schema"], "components": described["components"]})
    assert {"events", "occurrences", "stances", "search", "read"} <= examples.keys()
