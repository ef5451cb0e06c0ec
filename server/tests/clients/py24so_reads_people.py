"""Reads people through py24so, the way its users do, and prints what they would see as one JSON object.

Takes a JSON object on standard input: where the server is, an organization, and two applications, of which the
stranger may not read people. Start at main().
"""

import json
import sys

from py24so import Client24SO, ClientOptions, NotFoundError, PermissionDeniedError
from py24so.models import PersonType


def main():
    place = json.load(sys.stdin)
    with client(place, "reader") as reader, client(place, "stranger") as stranger:
        people = reader.organization.people
        seen = {
            "people": [person.to_dict() for person in people.list()],
            "external": [person.id for person in people.list(person_type=PersonType.EXTERNAL)],
            "one": people.get(2).to_dict(),
            "organization": reader.organization.get().name,
            "unknown": refusal(NotFoundError, lambda: people.get(999)),
            "forbidden": refusal(PermissionDeniedError, stranger.organization.people.list),
        }
    json.dump(seen, sys.stdout)


def client(place, application):
    options = ClientOptions(base_url=place["server"] + "/v1", token_url=place["server"] + "/oauth/token", max_retries=0)
    credentials = place[application]
    return Client24SO(credentials["client_id"], credentials["client_secret"], place["organization"], options)


def refusal(kind, call):
    """What an exception of this kind tells; any other one, or none, ends the program."""
    try:
        call()
    except kind as error:
        return {"status": error.status_code, "name": error.error_name, "is_tracked": bool(error.tracking_id)}
    raise SystemExit(f"no {kind.__name__}")


main()
