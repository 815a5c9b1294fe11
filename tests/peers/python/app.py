"""What the function validate-comment does, as it is written for Python today.

A HubSpot workflow asks about a ticket: are the five points in its notes? What is missing is written to the
ticket's properties and, in a note, to its agent. Powertools keeps an execution that is delivered again from
doing it twice.
"""

import html
import json
import os
import re
from datetime import datetime, timezone

from aws_lambda_powertools.utilities.idempotency import (
    DynamoDBPersistenceLayer,
    IdempotencyConfig,
    idempotent_function,
)
from hubspot import HubSpot
from hubspot.crm.objects.notes import (
    BatchReadInputSimplePublicObjectId,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.tickets import SimplePublicObjectInput
from hubspot.utils.signature import Signature

SECRET = os.environ["HUBSPOT_CLIENT_SECRET"]
BASE_URL = os.environ["PUBLIC_BASE_URL"]
PORTALS = os.environ["HUBSPOT_PORTAL_IDS"].split(",")
POINTS = ["Issue", "Investigated", "Action Taken", "Blocker", "Required to Resolve"]
HEADING = re.compile(rf"^({'|'.join(POINTS)})\s*:\s*(.*)$", re.IGNORECASE)
NOTE_TO_TICKET = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 228}]

# Made once in a process: each access of `basic_api` would make a client with a pool of its own.
hubspot = HubSpot(
    access_token=os.environ["HUBSPOT_ACCESS_TOKEN"],
    host=os.environ.get("HUBSPOT_BASE_URL", "https://api.hubapi.com"),
)
tickets = hubspot.crm.tickets.basic_api
notes = hubspot.crm.objects.notes.basic_api
many_notes = hubspot.crm.objects.notes.batch_api

store = DynamoDBPersistenceLayer(table_name=os.environ["STATE_TABLE"], key_attr="pk", expiry_attr="exp")
config = IdempotencyConfig(event_key_jmespath="callbackId")


def handler(event, context):
    body = event.get("body") or ""
    headers = event["headers"]
    signed = Signature.is_valid(
        signature=headers.get("x-hubspot-signature", ""),
        client_secret=SECRET,
        request_body=body,
        http_uri=BASE_URL + event["rawPath"],
        http_method=event["requestContext"]["http"]["method"],
        signature_version=headers.get("x-hubspot-signature-version", "v2"),
    )
    if not signed:
        return answer(401, {"message": "The signature does not hold."})
    request = json.loads(body)
    if str(request["origin"]["portalId"]) not in PORTALS:
        return answer(403, {"message": "Another portal."})
    config.register_lambda_context(context)
    return answer(200, {"outputFields": validate(request=request)})


@idempotent_function(data_keyword_argument="request", persistence_store=store, config=config)
def validate(request):
    ticket_id = str(request["object"]["objectId"])
    ticket = tickets.get_by_id(
        ticket_id,
        properties=["subject", "escalation_type", "escalation_comment_status", "escalation_comment_missing"],
        associations=["notes"],
    )
    if not ticket.properties.get("escalation_type"):
        return outputs("not_escalated", [])
    found = points(read_notes(ticket))
    missing = [point for point in POINTS if not found.get(point.lower())]
    outcome = "incomplete" if missing else "complete"
    wanted = {
        "escalation_comment_status": outcome,
        "escalation_comment_missing": ";".join(point.lower().replace(" ", "_") for point in missing),
    }
    if any((ticket.properties.get(name) or "") != value for name, value in wanted.items()):
        tickets.update(ticket_id, SimplePublicObjectInput(properties=wanted))
    if missing:
        tell(ticket_id, missing)
    return outputs(outcome, missing)


def read_notes(ticket):
    associated = (ticket.associations or {}).get("notes")
    ids = [it.id for it in associated.results] if associated else []
    if not ids:
        return []
    wanted = BatchReadInputSimplePublicObjectId(
        inputs=[{"id": id} for id in dict.fromkeys(ids)],
        properties=["hs_note_body", "hs_timestamp"],
        properties_with_history=[],
    )
    read = many_notes.read(wanted).results
    return sorted(read, key=lambda it: it.properties["hs_timestamp"])


def points(read):
    """The text of each point; a later note wins."""
    found = {}
    for note in read:
        text = re.sub(r"</(p|div|li)>|<br\s*/?>", "\n", note.properties.get("hs_note_body") or "")
        text = html.unescape(re.sub(r"<[^>]*>", "", text))
        for line in text.splitlines():
            heading = HEADING.match(line.strip())
            if heading:
                found[heading[1].lower()] = heading[2].strip()
    return found


def tell(ticket_id, missing):
    listed = "".join(f"<p>{point}:</p>" for point in missing)
    notes.create(
        SimplePublicObjectInputForCreate(
            properties={
                "hs_note_body": f"<p>Not with the Shift Lead yet, please add:</p>{listed}",
                "hs_timestamp": datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            },
            associations=[{"to": {"id": ticket_id}, "types": NOTE_TO_TICKET}],
        )
    )


def outputs(outcome, missing):
    return {
        "outcome": outcome,
        "missing": ";".join(missing),
        "message": f"Missing: {', '.join(missing)}" if missing else "Comment complete.",
        "hs_execution_state": "SUCCESS",
    }


def answer(status, body):
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}
