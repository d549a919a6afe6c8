"""Checks that the document at a URL is valid OpenAPI."""

import json
import sys
import urllib.request

from openapi_spec_validator import validate

with urllib.request.urlopen(sys.argv[1]) as answer:
    validate(json.load(answer))
