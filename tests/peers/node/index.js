// What the function validate-comment does, as it is written for Node.js today.
//
// A HubSpot workflow asks about a ticket: are the five points in its notes? What is missing is written to the
// ticket's properties and, in a note, to its agent. Powertools keeps an execution that is delivered again from
// doing it twice.

import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { Client, Signature } from '@hubspot/api-client';

const { HUBSPOT_CLIENT_SECRET, PUBLIC_BASE_URL, HUBSPOT_ACCESS_TOKEN, STATE_TABLE } = process.env;
const PORTALS = process.env.HUBSPOT_PORTAL_IDS.split(',');
const POINTS = ['Issue', 'Investigated', 'Action Taken', 'Blocker', 'Required to Resolve'];
const HEADING = new RegExp(`^(${POINTS.join('|')})\\s*:\\s*(.*)$`, 'i');
const NOTE_TO_TICKET = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 228 }];
const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

const hubspot = new Client({
  accessToken: HUBSPOT_ACCESS_TOKEN,
  basePath: process.env.HUBSPOT_BASE_URL ?? 'https://api.hubapi.com',
});
const persistenceStore = new DynamoDBPersistenceLayer({ tableName: STATE_TABLE, keyAttr: 'pk', expiryAttr: 'exp' });
const config = new IdempotencyConfig({ eventKeyJmesPath: 'callbackId' });

export async function handler(event, context) {
  const body = event.body ?? '';
  const signed = Signature.isValid({
    signature: event.headers['x-hubspot-signature'] ?? '',
    clientSecret: HUBSPOT_CLIENT_SECRET,
    requestBody: body,
    url: PUBLIC_BASE_URL + event.rawPath,
    method: event.requestContext.http.method,
    signatureVersion: event.headers['x-hubspot-signature-version'] ?? 'v2',
  });
  if (!signed) return answer(401, { message: 'The signature does not hold.' });
  const request = JSON.parse(body);
  if (!PORTALS.includes(String(request.origin.portalId))) return answer(403, { message: 'Another portal.' });
  config.registerLambdaContext(context);
  return answer(200, { outputFields: await validateOnce(request) });
}

const validateOnce = makeIdempotent(validate, { persistenceStore, config });

async function validate(request) {
  const ticketId = String(request.object.objectId);
  const ticket = await hubspot.crm.tickets.basicApi.getById(
    ticketId,
    ['subject', 'escalation_type', 'escalation_comment_status', 'escalation_comment_missing'],
    undefined,
    ['notes'],
  );
  if (!ticket.properties.escalation_type) return outputs('not_escalated', []);
  const found = points(await readNotes(ticket));
  const missing = POINTS.filter((point) => !found[point.toLowerCase()]);
  const outcome = missing.length ? 'incomplete' : 'complete';
  const wanted = {
    escalation_comment_status: outcome,
    escalation_comment_missing: missing.map((point) => point.toLowerCase().replaceAll(' ', '_')).join(';'),
  };
  if (Object.entries(wanted).some(([name, value]) => (ticket.properties[name] ?? '') !== value)) {
    await hubspot.crm.tickets.basicApi.update(ticketId, { properties: wanted });
  }
  if (missing.length) await tell(ticketId, missing);
  return outputs(outcome, missing);
}

async function readNotes(ticket) {
  const ids = [...new Set((ticket.associations?.notes?.results ?? []).map((it) => it.id))];
  if (!ids.length) return [];
  const { results } = await hubspot.crm.objects.notes.batchApi.read({
    inputs: ids.map((id) => ({ id })),
    properties: ['hs_note_body', 'hs_timestamp'],
    propertiesWithHistory: [],
  });
  return results.sort((a, b) => a.properties.hs_timestamp.localeCompare(b.properties.hs_timestamp));
}

// The text of each point; a later note wins.
function points(notes) {
  const found = {};
  for (const note of notes) {
    const text = (note.properties.hs_note_body ?? '')
      .replace(/<\/(p|div|li)>|<br\s*\/?>/g, '\n')
      .replace(/<[^>]*>/g, '')
      .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_, name) => ENTITIES[name]);
    for (const line of text.split('\n')) {
      const heading = line.trim().match(HEADING);
      if (heading) found[heading[1].toLowerCase()] = heading[2].trim();
    }
  }
  return found;
}

async function tell(ticketId, missing) {
  const listed = missing.map((point) => `<p>${point}:</p>`).join('');
  await hubspot.crm.objects.notes.basicApi.create({
    properties: {
      hs_note_body: `<p>Not with the Shift Lead yet, please add:</p>${listed}`,
      hs_timestamp: new Date().toISOString(),
    },
    associations: [{ to: { id: ticketId }, types: NOTE_TO_TICKET }],
  });
}

function outputs(outcome, missing) {
  return {
    outcome,
    missing: missing.join(';'),
    message: missing.length ? `Missing: ${missing.join(', ')}` : 'Comment complete.',
    hs_execution_state: 'SUCCESS',
  };
}

function answer(statusCode, body) {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
