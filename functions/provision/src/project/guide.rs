//! What to do with the folder, for whoever finds it.

use crate::flow::Flow;

/// The folder's README. `unknown` are the actions whose ids in HubSpot are not known yet.
pub(super) fn text(base_url: &str, flows: &[Flow], unknown: &[&str]) -> String {
    let files: String = flows.iter().map(|it| format!("- `workflows/{}`: {}\n", it.file(), it.name)).collect();
    format!("{}\n{APP}\n{WORKFLOWS}\n{files}\n{}\n{IMPORT}", intro(base_url), ids(unknown))
}

fn intro(base_url: &str) -> String {
    format!(
        "\
# The escalation app in HubSpot

Made for the functions at {base_url}. `src` is a developer project of HubSpot's: the app, its workflow actions and its
webhooks. `workflows` are the workflows that call the actions. Make the folder again, under a new name, after the
functions' address or the names of your properties have changed.
"
    )
}

const APP: &str = "\
## The app

1. `npm install -g @hubspot/cli`, then `hs account auth` for the account that the tickets are in.
2. `hs project upload` in this folder. It builds and deploys the app.
3. In HubSpot, open Development > Projects > escalation > the app. Install it. Its token is HUBSPOT_ACCESS_TOKEN, its client
   secret HUBSPOT_CLIENT_SECRET, its app id the parameter HubSpotAppId.
4. Webhooks are on as soon as the app is installed. Where workflows are only to observe at first, set `active` to `false`
   in `src/app/webhooks/webhooks-hsmeta.json` before you upload.

HubSpot may show no client secret for an app with a static token. Then the actions cannot tell that it is HubSpot who
calls. Then have the actions in an app of a developer account, which shows its client secret (`apply` registers them with
HUBSPOT_DEVELOPER_API_KEY and HUBSPOT_DEVELOPER_APP_ID), and take the token from a service key.
";

const WORKFLOWS: &str = "\
## The workflows

Each file is the body of one call of HubSpot's API for workflows, which is a beta and may change. Where it refuses a file, build
that workflow by hand: `workflows` of this product's command prints how. All of them are created turned off.
";

fn ids(unknown: &[&str]) -> String {
    if unknown.is_empty() {
        return "The ids of the actions are filled in.\n".to_owned();
    }
    let places: String = unknown.iter().map(|it| format!("- `1-<id of {it}>`\n")).collect();
    format!(
        "\
First put HubSpot's ids of the actions into them, for

{places}
To find them, upload the app, make a workflow by hand that has each action once, and read it: `GET
https://api.hubapi.com/automation/v4/flows`, then `/automation/v4/flows/<id>`, shows `actionTypeId`, such as `1-259551814`.
Delete that workflow, and put each id into all files:

    sed -i.bak 's/1-<id of {}>/1-259551814/' workflows/*.json
",
        unknown[0]
    )
}

const IMPORT: &str = "\
Then create them with the token of a service key that has the scope `automation`:

    mkdir -p workflows/taken
    for file in workflows/*.json; do
      curl --fail-with-body -X POST https://api.hubapi.com/automation/v4/flows \\
        -H \"Authorization: Bearer $TOKEN\" -H 'Content-Type: application/json' --data @\"$file\" && mv \"$file\" workflows/taken/
    done

A file that HubSpot took moves to `workflows/taken`, so that it is not sent again: HubSpot would have that workflow twice. After a
refusal, put right what is left and run the loop again. Where no answer came back, look in HubSpot first whether the workflow is there.

In HubSpot, open Automation > Workflows and look through each: what enrols a ticket, what enrols it again, and where each branch
leads. Turn it on without enrolling the tickets that meet its trigger already.
";
