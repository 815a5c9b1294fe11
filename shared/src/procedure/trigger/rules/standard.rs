//! What asks for more than support can give, and needs no one at once.

pub(super) const UNRESOLVED_ATTEMPTS: &str = "
pass~/bounce~/shove~/send~/sent ..2 from #name ..1 to #name
ask~/asked/wrote/written/reported/raised/sent/emailed/logged/called ..4 on ..3 @month ..6 now &- book~
queue/sitting/stuck/lying/pending/open/unanswered/unresolved ..6 since/for ..2 spring/summer/autumn/winter/@month/easter/christmas/weeks/months/last &- table/menu/restaurant/garden/bar
#long ..1 @unit & @stall & @business &- delivery/shipping/trial/cancel~/notice/event/weather/trade/trading/happy/great/book~/table/holiday/party/how/next/until/before/backup~/expire~/renew~/contract/within/usually/parking/stay/free/warranty
a/over/whole/past/entire week/month/fortnight/quarter & @stall & @business &- delivery/shipping/trial/cancel~/notice/event/weather/trade/trading/happy/great/book~/table/holiday/party/how/next/until/before/backup~/expire~/renew~/contract/within/usually/parking/stay/free/warranty
for/since/in ..2 weeks/months/ages/days/forever & @stall & @business &- delivery/shipping/trial/cancel~/notice/event/weather/trade/trading/happy/great/book~/table/holiday/party/how/next/until/before/backup~/expire~/renew~/contract/within/usually/parking/stay/free/warranty
promise~ ..14 #long ..1 @unit ago
promise~ ..14 weeks/month/months/fortnight/days ago
nobody/no ..1 one? ..4 back to me/us ..2 in/for/since
@contact ..8 fortnight/weeks/month/months/ages ago & nothing/no/not/still/nobody/never
nothing/nobody/not/no ..4 @answer/done/happened/word/changed ..1 since &- thanks/great/error~/problem~
@contact ..8 on ..8 #number ..8 now ..4 nothing/no/nobody/not/still
raised/reported/logged/opened/asked/wrote ..3 @weekday ..8 @weekday ..8 not/no/nothing/still/nobody
how often/many ..2 do/must/times/have ..3 i/we ..3 chase/ask/write/call/explain/repeat/ring/report/contact
had to reopen ..3 #many
#many goes/tries/attempts/rounds ..4 no/not/nothing/still/nowhere
#many ..1 calls/emails/chats/tickets/messages/mails ..6 zero/no/without ..2 results/result/answers/answer/solution/progress/reply/replies/help/response
@contact/wrote ..3 @weekday ..4 @weekday ..6 &~ silence/no/nothing/nobody/still/again/unanswered/ignored/never &- open/booking/table
going on/ongoing/dragging/dragged ..1 on? for ..2 #long ..1 @unit
for ..1 #long ..1 @unit now &~ nobody/no/not/nothing/still/never
#long ..1 @unit ..6 nobody/no ..3 back/@answer
@contact ..4 several/multiple/numerous/countless/many/endless/umpteen times ..2 already/now/about/without/before/and
without ..3 fix/answer/solution/resolution/reply & #many/still/weeks/months
ticket/case/issue/it/this ..4 opened/raised/logged/reported/submitted ..4 @weekday/#number & still/yet & no/not/without/nobody/nothing
@contact ..16 again today/yesterday &~ unresolved/still/no/not/nothing/again
remains/remained unresolved/unanswered/unfixed/open & month/weeks/days/#many/again/it/still/ticket
#many @attempts ..3 & @contact/@answer &- thanks/thank/quick/prints/printed/print/prints/shows/charged/appears/sends/guess/crashed/restarted
#many ..2 @attempts & still/again/already/yet/without/unresolved/unanswered/ignored/nobody/never/same/resolved/fixed/@answer & @contact/@answer/attempts/attempt/emails/email/tickets/ticket/reminder &- thanks/thank/quick/prints/printed/print/shows/appears/crashed/charge/charged/charges/visited/week/weekly/billed/meals
#many time/times/attempt ..4 @contact
for the #many time
@contact/contacting ..8 #many ..1 @attempts !off/half/a/per &- charged/discount/visited/tables
#many ..1 emails/email/calls/messages/tickets/ticket/reminders/attempts/reopens/callbacks/contacts/reminder/agents/complaints/followups/chasers ..6 no/and/without/later/but/still/nothing/already/ignored/not/never/nobody/unanswered/sent/about/on/for/to/so/in/now/raised/reopened/over &- newsletter/included/limit/per/month/thanks/thank/quick/saved/save/spared/spare/avoid
#many agents/people/advisors/reps/colleagues ..6 @contact/same/different/passed/none/nobody/no/still/explained/told/each/and &- booking/table/party/guests/dinner
passed ..4 #many
reopened/reopen/reopening ..2 #many ..1 times/time
ticket/case/issue/problem/this/it ..3 reopened ..1 again/several/multiple/repeatedly/many/countless
countless/numerous/multiple/several/repeated/many/endless/dozens/umpteen/umpteenth/various/too ..2 emails/calls/messages/tickets/attempts/reminders/times/time/requests/contacts/follow/chats/complaints/promises & @contact/@answer/still/no/nothing/resolve/resolved/unresolved/ignored/without/explained/unanswered & still/no/not/nobody/nothing/without/@answer/same/this/issue/problem/explained/ignored/never &- great/enjoyed/visited/tables
how many ..2 times/emails/calls/more/tickets ..6 @contact/explain/ask/must/have/need/repeat/going
again and again
time and ..1 again
over and over ..1 again? & @contact/still/no/not/explain/same/nothing
keep/keeps/kept/keeping asking/chasing/explaining/emailing/calling/repeating/writing/contacting/reopening/telling/getting/being ..3 & you/this/same/nobody/no/still/passed/told/bounced/me/it &- great/error/errors/crash/logged
same ..3 explained/explaining/explanation/question/issue/problem/answer/reply/story & again/still/#many/repeatedly/several/multiple/countless/every & @contact/@answer &- lunch
still ..4 not/no/nothing/waiting/unresolved/unanswered/open/pending/outstanding/ongoing/nobody ..8 #long &- delivery/shipped/open/parcel
still ..2 no/not/nothing/waiting/unresolved/unanswered/pending/outstanding ..6 since/after/for ..1 @weekday &- menu
#long ..1 @unit ..4 without/no/and/still/but/later/not/waiting/since/ago/now/nobody/nothing/unresolved/open/unanswered ..6 @answer/still/waiting/nothing/unresolved/open/unanswered/heard/no/not/nobody/never & @answer/@contact/waiting/unresolved/open/ticket/unanswered/pending/issue/problem/nothing &- delivery/shipping/trial/cancel/notice/event/weather
waiting/waited/chasing/chased/unresolved/unanswered/open/pending/ongoing/outstanding/unfixed/ignored/ignoring/outstanding/opened ..6 #long ..1 @unit &- party/table/until/trade/trading/business/great
@answer/waiting/waited/chasing/unresolved/unanswered/open/pending/ongoing/outstanding/ignored/silence/raised/reported/nothing/opened ..4 since/for/after/over ..3 @weekday/weekend/month/january/february/march/april/may/june/july/august/september/october/november/december & no/not/nobody/never/still/waiting/chasing/unresolved/unanswered/open/pending/ongoing/outstanding/ignored/silence/without/nothing & ticket/case/issue/reply/response/answer/this/problem/still/waiting/chasing/you/@answer &- restaurant/hours/until/venue/shop/doors/terrace/menu/tables
no/not/nobody/never/nothing ..3 @answer ..6 since/for/in/after/within ..3 #long/@weekday/month/week
for days/weeks/months/ages/forever/yonks now?  & @answer/@contact/waiting/ignored/unresolved/still/no/ticket/chasing/open/nobody/going & still/no/not/nobody/nothing/waiting/chasing/ignored/unresolved/open/without/been &- great/holiday/using/booked
days/weeks/months later & still/no/not/nobody/nothing/@answer
#long ..1 @unit ..2 later/on/passed & still/no/not/nobody/nothing/unresolved/open/waiting
#long ..1 @unit & still & not/no/nobody/nothing/unresolved/open/waiting/unanswered & ticket/issue/case/problem/@answer/fixed
ticket/case/issue/request/problem/query/complaint ..5 open/unresolved/unanswered/outstanding/pending/ongoing/opened/logged/raised ..4 #long ..1 @unit &- trade/trading/business/customers/great
#long ..1 @unit old/ago & ticket/case/raised/reported/opened & still/not/no/unresolved/nobody
sla ..3 breached/exceeded/missed/breach/passed
breached/exceeded/missed/past/outside ..2 sla !report
tried/tries/attempts/attempted ..3 #many ..1 times/time/attempts/different/fixes/things/solutions/ways ..6 & not/no/still/fail/failed/nothing/without/unresolved/none/unsuccessfully/success
#many ..2 attempts/fixes/tries/workarounds/troubleshooting/rounds ..4 & failed/fail/still/not/no/without/unresolved/unsuccessful/unsuccessfully/nothing/none & fix/resolve/resolved/fixed/support/troubleshooting/we/attempts/issue/fixes/tries
unable to resolve ..3 after/within/despite
back and forth & days/weeks/#many/#long/still/no/months &- could/should/checklist/cut
going/been/sent/passed/round/bounced ..2 in/round/around circles/pillar
passed/bounced ..3 from/between ..2 pillar/agent/department/person/team/one
sent from pillar to post
";

pub(super) const TECHNICAL_SCOPE: &str = "
not/never/nowhere ..2 documented ..3 &~ @techterm/connector/integration/custom/setup
beyond/past/outside/over/exceed~/above ..1 my/our/their/her/his/the ..1 skill~/pay/head/grade/depth/capabilit~/capability/competence/expertise/level
@engineer ..2 could/might/can/may/must/should/would ..4 &~ @guide/@techterm/support/desk/told &- fix~ it/thank~
one/some of your @engineer
go/goes/pass~/hand~/escalat~ ..2 to ..2 the/your/our ..1 @engineer &~ @techterm/involve~/chang~/database/would/must/need~/code
support/desk/agent/i/we/colleague ..2 can not ..1 answer/help/explain/solve/handle/advise ..12 &~ @techterm/@engineer &- order/bill/crash~/down/reach
need~/require~/take~ ..2 someone/somebody/person ..3 deeper/more/who/with ..6 &~ @techterm/@guide/skill~/technical
beyond/past/outside/over/exceed~/deeper/above/further ..3 than? ..4 @desk/@guide ..4 &~ @engineer/@guide/@techterm/expertise/trained/knowledge/first/l1/set/network
none/nothing/no ..3 @guide ..3 cover~/mention~/explain~/help~/describe~/on/about/for &- please/send/where
@guide ..3 has/have/say~/give~/offer~ ..1 nothing/no/not &- menu/price
@guide ..2 only/just/stop~/end~ ..1 cover~/mention~/describe~/at/short/explain~
need~/require~/take~/want~/ask~ ..5 @engineer ..3 &~ @guide/@techterm/beyond/past/first/support/l1/not/help/article/articles &- wine/sound/book~
@engineer ..4 have/has/need~/must/should/would ..2 to? look/do/check/fix/configure/investigate/help/build/write/see
without ..2 one? ..2 of? ..2 @engineer
more than ..2 i/we/desk/support/agent~ ..3 trained/know/can/cover~/qualified/able/allowed
not ..1 trained/qualified/equipped/authorised/able ..6 @techterm
not/nothing/none ..4 cover~/documented/described/mention~ ..4 @guide & @techterm/developer/engineer/integrat~/sync/api/set/setup
only ..2 developers/engineers/engineering/dev/devs/devops/developer/engineer/backend ..2 can/could/knows/know/has/have
limit/limits/edge of ..2 my/our ..1 technical? knowledge/expertise/skills/understanding/ability
not in ..2 runbook/playbook/manual/documentation/docs/handbook/kb
requires/require/needs/need ..3 database/network/security/kernel/systems/platform/linux/sql/infrastructure/api ..2 specialist/expert/engineer/administrator/admin/guru/people/person
needs/need/requires ..3 someone/somebody ..2 who/with ..4 read/understands/knows/access/root/kernel/sql/logs/debug/code &- menu/table
need/needs/require/requires/want ..2 dev/devs/development/developer/engineering ..2 help/support/input/assistance/time/attention/involvement
over my/our head
no idea ..8 api/middleware/webhook/protocol/kernel/sdk
end of what ..3 l1/l2/support/i/we ..2 know/knows/do
l1/l2/support/helpdesk ..4 exhausted/stuck
exhausted ..3 runbooks/runbook/playbooks/guides/articles
know how ..4 exists/sits/lives/only ..4 engineering/dev/development/engineers
none of us/ours ..3 can/could/knows/understands ..4 debug/fix/configure/read/understand/protocol/diagnose/this &- password
no docs/documentation exist/exists/available/for
bespoke/custom/hand ..3 ldap/firmware/protocol/driver/sdk/api/kernel/sso/saml/scim/script/integration ..12 know/engineering/debug/beyond/engineer/requires/none
customer requires/needs ..2 bespoke/custom ..4 & engineering/engineer/know/beyond/not
not described in any guide
beyond/outside/exceeds/over/above/out ..1 of? ..3 scope/remit/expertise/knowledge/capabilities/capability/competence/ability/skills/skillset/documentation/playbook/level/understanding/reach/access/runbook/depth/head & support/our/my/team/agent/l1/tier/scope/first/we/us/technical/level/documented/line/this !hours &- price/budget
beyond/outside/past ..2 what ..3 support/we/i/agents/team/l1/first/documented ..4 
out of ..1 depth
above my pay
not/nothing/never/nowhere/un ..3 documented/documentation/docs/manual/runbook/knowledge/playbook/handbook/kb ..4 & technical/api/config/setup/behaviour/behavior/error/integration/support/this/webhook/parameter/header/how/base/case/covers/cover/covered/about &- document/receipt
not ..2 covered/described/explained/mentioned/in/found ..2 in/by ..3 documentation/docs/kb/runbook/playbook/guides/manual/handbook/knowledge
undocumented !@paper
no ..2 documentation/docs/runbook/article/guide ..3 for/on/about/covers/covering/exists ..8 & this/api/integration/behaviour/setup/error/custom/protocol/we/case/config
documentation/docs/knowledge/kb/runbook/manual ..3 not ..2 cover/mention/explain/say/describe/help/have/contain/go
need/needs/require/requires/takes/take/want ..5 one/your/a/an/the ..4 engineer/engineers/dba/developer/developers/architect &- hire/job/vacancy/heating/kitchen/sound/lighting
beyond/past/outside ..3 manual/handbook/documentation/guides/docs
support/desk/helpdesk/l1/agent/agents/colleague ..4 can/could/not ..1 not? ..1 help ..6 & engineer/developer/sdk/api/compile/technical/guide/documentation/script
first line ..4 can/could/not/admitted ..4 not/answer/help/solve
need/needs/needed/require/requires/required/requiring/want/wants/request/requesting/asking/get/involve ..4 developer/developers/engineer/engineers/engineering/devops/backend/dba/sysadmin/tier/l2/l3/technical/infrastructure/architect/specialist/platform/integrations/network ..4 & to/look/help/input/access/logs/team/check/involved/investigate/support/intervention/assistance/expertise/review/specialist/from/debug/on/hands/who/for &- hire/hiring/job/apply/vacancy/train/manual/kitchen/heating
escalate/escalating/escalated/hand/handing/pass/passing ..5 l2/l3/tier/engineering/developers/engineers/devops/technical/second/dev !manager
second/third/2nd/3rd line/level support/team/engineer/needed/required
level/tier 2/two/3/three
requires/require/required/requiring/needs/need ..3 database/server/backend/root/log/production/code/sql/infrastructure/source/ssh/shell ..2 access/change/changes/level/query/queries/logs/investigation/fix/intervention/script/migration
agent/agents/support/we/i/team ..3 not ..4 access/permission/permissions/rights/tools/expertise/knowledge/skills/qualified/trained/able/equipped/authorised/authorized ..3 to ..6 logs/database/server/servers/backend/config/configuration/infrastructure/code/api/network/firewall/dns/query/debug/diagnose/production/settings/sso
no access to ..3 logs/database/server/servers/backend/config/code/infrastructure/production/firewall/dns
all/every/usual/standard/known/basic/documented/exhausted/tried/first ..3 troubleshooting/steps/fixes/checks ..6 exhausted/tried/failed/done/no/not/without/help/nothing/and & still/no/not/failed/exhausted/nothing/without/never/help/beyond
exhausted ..4 troubleshooting/steps/options/documentation/knowledge/playbook
not ..2 know/understand/sure/idea/familiar/experienced/figure/trained/qualified/expert ..8 webhook/webhooks/sso/saml/oauth/api/sdk/dns/firewall/kubernetes/sql/ldap/scim/vpn/certificate/certificates/vlan/odbc/graphql/edi/middleware/proxy/payload/tls/ssl/erp/sap/database &- where/password
no ..1 idea/clue ..8 webhook/sso/saml/oauth/api/sdk/dns/firewall/sql/ldap/scim/vpn/certificate/payload
custom/bespoke/complex/advanced/tailor ..3 integration/api/script/webhook/code/middleware/sso/saml/configuration/connector/migration/erp/deployment/setup ..8 need/needs/help/engineer/developer/fails/support/beyond/require/requires/technical/setup/set/configure/debug/build/built/between & not/need/needs/help/require/requires/engineer/developer/beyond/configure/debug/fails/expert/expertise/specialist
saml/scim/oauth/sso/ldap/kerberos/mtls/okta/adfs/webhook/webhooks/sdk/graphql/kubernetes/firewall/dns/vlan/odbc/sap/netsuite/dynamics/terraform/kafka/postgres ..10 help/configure/configuring/configuration/metadata/mapping/signature/certificate/handshake/claims/assertion/integrate/integrating/setup/provisioning/debug/payload/schema/custom/expertise/need/reverse/proxy/tunnel/failover/replication/latency & help/need/needs/can/how/require/requires/engineer/expertise/developer/beyond/expert/not/our/technical &- price/cost/available
configure/configuring/set/setting/setup/integrate/integrating/connect/connecting/debug/debugging ..8 saml/scim/oauth/ldap/kerberos/mtls/okta/adfs/sap/netsuite/vpn/firewall/vlan/kubernetes/odbc/middleware/erp/proxy
too technical/complex ..2 for ..3 support/us/me/agent/team/first/l1
more technical/advanced/specialised/specialized ..2 expertise/knowledge/team/support/help/assistance/skills
deep/deeper/advanced/expert/specialist/specialised/specialized/engineering/technical ..1 technical? expertise/knowledge/investigation/debugging/analysis/intervention/assistance ..4 & need/needs/needed/require/requires/required/beyond/this/we/not &- question
packet capture/captures/trace/loss
stack trace analysis
core/heap/memory dump
race condition
memory leak
";

pub(super) const ENTERPRISE_FEATURE_REQUEST: &str = "
add/adding/introduce~/build~/support~/offer~ ..5 @capability/single/sign && #large &- licence~/license~/seat~/error~/user~/colleague/how
as a feature && #large
any/a chance of ..4 @capability && #large &- error~/crash~/broken/fail~/password/refund/cancel~/invoice/how/bug
@capability ..8 would ..2 be/help/save ..3 && #large &- error~/crash~/broken/fail~/password/refund/cancel~/invoice/how/bug
would/might ..2 help/save ..8 if ..8 @capability && #large &- error~/crash~/broken/fail~/password/refund/cancel~/invoice/how/bug
can/could ..2 we/you/i/it ..2 have/get/add/include/offer/see/build/make ..6 @capability && #large &- error~/crash~/broken/fail~/password/refund/cancel~/invoice/how/bug/add a user/users/resend/copy/send
need~/want~/like/love/wish~/require~/miss~/lack~ ..8 @capability && #large &- error~/crash~/broken/fail~/password/refund/cancel~/invoice/how/bug/reset/unlock/restore/help/know
could/can/should be ..2 filter~/sort~/group~/split/export~/configure~/customise~/customize~/schedule~/hidden/shown/set/change~/automate~/integrate~ && #large &- error~/crash~/broken/fail~/password/refund/cancel~/invoice/how/bug
feature/product ask/asks && #large
^ request/ask && #large & webhook/webhooks/api/export/import/sso/scim/field/fields/filter/role/roles/report/reports/dashboard/integration/option/bulk/language/currency/mode/view/button/log/logs
something you ..2 build/add/develop/support/consider && #large
help/great/useful/love ..8 if you ..2 built/added/had/offered/supported/provided/introduced/made/allowed/could/would && #large
ask/asking/like/request ..6 export/webhook/webhooks/option/integration/sso/scim/dashboard/field/filter/role/roles/api && #large &- error/fails/broken/crash/stops
role/roles based access && #large & today/not/need/ask/want/would
please/kindly add/build/support/implement/introduce/include/develop/enable && #large &- user/users/seat/seats/me/vat/address/name/note/notes/venue/site/licence/licences/refund
wish list && #large
please/kindly ..2 consider ..1 supporting/adding/building/offering/introducing/implementing/a/an && #large
get/have ..3 option/ability/setting/toggle/way to && #large &- refund
can/could we/i ..2 have/get ..4 option/feature/filter/export/report/dashboard/integration/api/endpoint/field/role && #large
roadmap ..6 include/contain/have/add && #large
could/can/would/might ..3 roadmap && #large
not exist/available/possible/supported/there/offered/on ..3 today/yet/currently/present/now/moment/list && #large & feature/it/this/option/that &~ would/could/please/need/like/want &- error
need/needs ..3 per/multi/bulk/custom/automatic/native/single/role && #large &- help
could/can/would/will/please ..2 you/your/team/guys/devs/developers ..3 add/build/implement/support/introduce/develop/include/enable/create/provide/extend/offer/make/expose/allow/integrate/ship/consider/give/let && #large &- user/resend/address/name/refund/copy/invoice/password/seat/seats/licence/fix/recover/restore/appointment/notes/ticket/call/meeting/update/discount/quote/ourselves/error
feature/functionality/enhancement/product/roadmap request/requests/wish/wishes/suggestion/idea/ideas/enhancement && #large
feature ..3 request/wish/suggestion && #large
request/requesting/requests/requested ..3 feature/functionality/enhancement/capability/integration && #large
new/missing/additional/extra feature/features/functionality/capability/option/integration && #large &- love/great/thanks/released/announcement/crash/crashes/broken/works/error
would ..3 be ..2 great/nice/good/useful/helpful/lovely/awesome/amazing/handy/fantastic/super/ideal/brilliant/perfect/cool/easier/better ..2 if/to/for ..4 && #large &- table/dinner/reply/hear/know/call/meet
would ..1 love/like ..3 to/a/an/it/the ..3 see/have/be/able/feature/option/integration/support/ability/way/if && #large &- speak/manager/table/cancel/know/meet/discuss/invoice/refund/call/copy/quote
want/wants/need/needs/require/requires/looking ..3 a/an/the/to/for/ability/your/support ..6 feature/integration/api/option/functionality/export/endpoint/webhook/webhooks/sso/connector/customisation/customization/customizable/configurable/bulk/dashboard/report/field/fields/import/role/roles/permission/permissions/filter/theme/mode/multi/language/languages/capability/ability && #large &- help/error/crash/fix/broken/working/not/reset/investigation/engineer/invoice
ability to && #large & want/need/like/would/missing/lack/lacks/could/can/add/request/please/require/wish/requires/great/love
wish/wished ..3 we/you/it/there/i ..2 had/could/were/was/supported/would && #large
plan/plans/planning/roadmap/eta ..6 add/support/introduce/build/feature/integration/release/for && #large & you/your/is/any/when/feature
on/in/to ..1 your/the/product roadmap && #large
when/is/are/will/does/do ..5 you/it/support/be/your/platform ..3 support/available/add/offer/release/introduce && #large & feature/sso/saml/integration/api/export/mode/language/languages/currency/multi/webhook/app/offline/scim
missing/lacks/lacking/lack/absence ..4 feature/option/way/ability/integration/support/functionality/filter/export/api && #large &- crash/disappeared
no ..1 way/option to && #large & would/could/please/add/need/want/feature/like/there &- reach/speak/contact/log/refund
vote/votes/upvote/voting ..4 feature && #large
";

pub(super) const BILLING_DISPUTE: &str = "
#high &~ @billish &~ object~/objection/protest~/returned/deny/untrue/dispute~/contrary/fair
no way ..6 owe/pay/paying/owing ..6 #high
i/we not owe ..6 #high
two/second/both/duplicate/three/2/another ..2 debit~/charge~/payment~/deduction~/withdrawal~/invoice~ ..4 #high &~ one/same/single/only/twice &- please
#high too high/much/many
why ..16 #high & @billish
not/never/refuse~/dispute~ ..3 accept~/accepting/pay/paying/agree~/owe~/authorise~/authorize~/sign~/order~/use~ ..8 #high
#high &~ @billish &~ @dispute/refuse~/reject~/unjustified/owe~/overcharge~/chargeback~/reimburse~/@wrong/twice/double/incorrect~/contest~ &- another/other supplier/vendor/company/provider &- everything/rest ..3 fine/correct/right &- thank~
#high &~ @billish & @contrast &~ agreed/quoted/promised/accept~/waive~/contract &- thank~/another/other
#high ..3 back &~ never/not/cancel~/without/wrong/still
#high ..6 more than &~ quote~/agreed/quoted/contract/offer/charge~/invoice~
@billish ..4 #high &~ never/not/should/only/why/without/although/despite/cancelled/canceled/according/agreed/offer/quote &- resend/find/please/send/how/when/due/copy/pay/confirm/split/card
never ..2 signed/subscribed/agreed/opted/ordered ..4 &~ #high
wrongly/incorrectly/mistakenly/unlawfully ..1 charged/billed/debited/invoiced/deducted/took/taken &~ #high
no refund/credit/reimbursement ..3 of/for &~ #high &~ still/charged/wrongly/promised/owed &- policy
@bill/it ..4 not ..1 correct/right/accurate/justified/valid/due/ours &~ #high & invoice/bill/charge/charges/amount/fee/total/statement
@dispute ..12 &~ #high &- between/another
reject/rejects/rejected/rejecting ..3 @bill &~ #high &- card/bank
@bill ..4 @wrong/@dispute/twice &~ #high &- message/code/screen/address
@wrong ..3 @bill &~ #high &- message/code/screen/address
charge/charged/charging/billed/bill/billing/invoiced/debited/paid/took/taken/deducted/withdrew/withdrawn ..8 twice/double/again/wrong/wrongly/incorrectly/mistake/mistakenly/error/extra/unauthorised/unauthorized/much/instead/despite/although/without/never/after/already/times/thrice/duplicate/before/cancelled/not/no/even &~ #high &- message
not ..2 owe/agree/agreed/accept/authorise/authorised/authorize/authorized/order/ordered/recognise/recognize/approve/approved/sign/signed/use/used/request/requested/receive/received/pay/paying/ask/asked/consent/match/correspond/add/what/understand/correct/right/justified &~ #high & invoice/invoices/charge/charges/charged/bill/billed/payment/fee/fees/debit/amount/money/us/we/i/licences/licenses/it/this/quote &~ invoice/invoices/charge/charges/charged/bill/billed/payment/fee/fees/debit/refund/amount/licences/owe/pay/account/paid/price/licenses/invoiced &- card/budget
never ..3 used/ordered/agreed/authorised/authorized/signed/received/requested/asked/had/approved/wanted/bought/subscribed/opted/consented/activated/delivered/provided/got/credited &~ #high &~ invoice/invoices/charge/charges/charged/bill/billed/payment/fee/fees/debit/refund/amount/paying/pay/paid/invoiced/account/credit
refuse/refuses/refusing/refused ..2 to pay &~ #high
will/would/shall/going not ..3 pay/paying/paid &~ #high
refund/refunded/reimburse/reimbursed/reimbursement/credit/credited/money ..8 now/immediately/back/owed/owe/still/not/never/today/asap/full/overdue/refused/denied/missing/nowhere/due/demand/promised &~ #high & refund/refunded/reimburse/reimbursed/reimbursement/credited/money/credit &- thanks/received/thank/arrived/when/purchase/sale/great/card
@want/give/return/demand/owe/owes/chasing/waiting/back/still/please/expect ..6 refund/refunded/reimbursement/reimburse/money/credit/reimbursed &~ #high &~ charged/charge/charges/invoice/billed/overcharged/double/twice/wrong/paid/payment/cancelled/mistake/error/bill/debited/incorrect/fee/overpaid/took/taken/billing/owe/still/demand
billing/invoice/payment/pricing ..1 dispute/error/mistake/discrepancy/issue/disagreement/complaint/problem/disputes/query &~ #high &- question
discrepancy/discrepancies/misbilling/overpayment/overpaid/overbilling/overbilled &~ #high
why ..6 charged/billed/invoiced/charging/charge/billing/bill/invoice/debited/taken/pay ..8 &~ #high
hidden/surprise/extra/additional/unagreed/surcharge/bogus ..2 fee/fees/charge/charges/cost/costs &~ #high & we/i/us/you/your &- what/much/include
instead of/than ..4 agreed/quoted/promised/#number/#high &~ #high &~ charged/charge/invoice/billed/bill/invoiced/paid/debited/charges
charged/billed/invoiced/debited/invoice/bill/charge ..8 should/supposed/agreed/quoted/contract/offer/promised ..8 &~ #high &~ should/supposed/not/but/instead/only/more/higher/agreed/quoted
should/supposed ..4 have? ..2 been/be/is/not ..6 &~ #high &~ charged/billed/invoiced/debited/invoice/bill/charge/charges
@bill/amount/total ..6 too high/much
price/rate/fee/cost ..3 increased/raised/doubled/hiked/went/changed ..6 without &~ #high
stop/stopped/stopping/block ..3 payment/debit &~ #high & dispute/wrong/not/charge/invoice/bank
money/amount/payment/funds ..4 taken/withdrawn/debited/deducted/took ..6 without/twice/again/account/after/wrongly &~ #high
took/taken/withdrew/withdrawn/debited/deducted/pulled ..8 without/twice/again/wrongly/after/permission/consent/authorisation/authorization &~ #high
rechnung ..6 falsch/bestreite/bestreiten/widerspreche &~ #high
";

pub(super) const MANAGER_REQUEST: &str = "
can/could/may/have/let/please/want ..3 your ..2 lead/leader/manager/supervisor/boss/director ..2 @reach &- booking/kitchen
who/where/how ..4 head/director/chief/boss/ceo/manager ..8 reach/contact/speak/write/email/call/get ..1 &- booking/kitchen/floor/bar
ask~/demand~/want~/insist~ ..2 for/on/to ..1 see/speak/talk? ..2 my/a/your/the superior/boss/manager/supervisor/director !account/role/login/app/password
whoever/anyone/someone/somebody/person/anybody ..3 run~/charge/responsible/authority/above/senior/higher/decide/decision/decisions/power/rank/superior ..10 &~ speak~/talk~/call~/ring/phone/hear/deal/put/escalate~/write/meet/contact/discuss/me/complain/get/want/need/like/please &- menu/booking/floor/kitchen/chatbot/bot/robot
who ..2 above/over you
who ..2 is/are your ..2 @boss
who ..3 run~/charge/responsible ..4 &~ speak/talk/call/complain/escalate &- booking
who ..3 can/could/should/do ..2 i/we ..1 escalate
put ..3 supervisor/manager/boss/superior ..1 on
who/how ..3 escalate ..2 to/this &~ not/answer/satisfied/complaint/unhappy/this &- ticket/workflow
expect/expecting/want/demand ..2 call/reply/response/answer/email ..2 from ..4 head/director/management/manager/ceo/chief/supervisor
is there ..2 a/any ..2 <!@venue supervisor/manager/superior/boss ..3 talk/speak/could/can/available/who
@boss ..1 i/we ..1 could/can/may/might ..1 talk/speak/complain/write/contact
@customer ..1 wants/want/needs/demands/demanding/wanting/requests/requesting/insists ..4 <!@venue manager/supervisor/management/superior/ceo/director !account/app/role/login/permissions/access/at/of
have/get/let ..1 your/a/the ..2 lead/leader/manager/supervisor/boss ..2 call/ring/phone/contact/email/telephone/write/get !at/of &- kitchen/bar/floor
director/head/vp of ..2 support/service/services/customer/operations/complaints/care/product/engineering & speak/talk/want/need/call/get/escalate/ask/asked/meeting/like/contact/put
get/fetch ..1 me ..2 head/director/chief
up to your ..1 manager/supervisor/boss/management
line manager & your
speak/speaking/talk/talking/spoken/chat/discuss/escalate/escalated/escalating/transfer/transferred/put/connect/connected/pass/passed/hand/call/complain/complaining/forward/refer/referred/meeting/deal/appointment/conversation/word/contact/reach/escalation/email/write/through ..5 to/with/by/from/for/a/the/your/of/onto/up ..3 <!@venue @boss !at/app/account/login/permissions/role/dashboard/view/tab/screen/module/on/who &- lost/forgot/scarf/my/our/catering/wedding/kitchen/venue/chef/tool/password
@want/get/give/let/bring/find/fetch/see/requesting/demanding/asks/requests ..6 a/your/the/any/some/another/actual/someone ..2 <!@venue @boss !account/accounts/role/access/login/permissions/app/dashboard/view/user/users/approval/report/module/at/feature/tool/tab/screen/position/job &- vacancy/hire/hiring/password/add/my/booked/kitchen/venue/lost/forgot/create/assign/permission/permissions/invite/interview
<!@venue manager/supervisor/management/boss/ceo/director please/now/immediately/asap/today/call/callback/contact/ring/phone/email &- kitchen/venue/scarf/my/lost
<!@venue manager/supervisor/management/boss/director/ceo ..2 to/must/should/needs/can/has ..2 call/ring/phone/contact/email/speak/get/respond/reply/handle/deal/look &- kitchen/venue/my/our/app/account
call/callback/contact/response/reply/email ..3 from/by ..3 a/your/the/someone ..2 <!@venue @boss &- spam/scam/phishing/received/got
<!tell your manager/supervisor/boss/superior/superiors/director/ceo/management !speaking/attending/joining/coming &- fair/conference/job/praise/compliment/compliments/kudos/cracking/brilliant/star/raise/fantastic/amazing/excellent/proud/well/thanks/thank/great/polite/kitchen/told/promised/said/helped/kind/helpful/lovely/wonderful
who ..4 your/the/in boss/manager/supervisor/charge &- kitchen/venue/event
person/someone/somebody/one/whoever/anyone ..2 in charge &- kitchen/event/venue
someone/somebody/anyone/person/agent/adviser/advisor/colleague ..2 more? senior/higher/above/authority/important/responsible !citizen &- discount/chatbot/bot/robot
someone/somebody/anyone/person ..2 with/has ..3 authority/power/seniority &- chatbot/bot/robot
higher up/ups/authority/level/management/than
above you/your/yourself & speak/talk/someone/anyone
escalate ..5 @boss/management/leadership/upstairs/chain/higher/next !tool
take/taking/go/going ..4 up the chain/ladder
over your head
senior ..1 person/management/manager/member/leadership/someone/staff/executive & want/need/speak/talk/demand/escalate/call/contact/like/ask/request/asked/let/get/put/can/could/through
complaints ..1 manager & speak/talk/want/contact
name/email/number/details/contact ..3 of/for ..1 your/the ..1 <!@venue @boss
ask/asks/asked/asking/demanded/demands/demand/insists/insisting/requested/requests/requesting/wants/want/need/needs ..3 for/to/on/a/the ..4 <!@venue management/manager/supervisor/superior/ceo/director/boss/team !app/role/access/account/login/permissions/position/view !at &- kitchen/venue/my/vacancy/hire/job/password/lost/forgot/add/users/new/create
team lead/leader & speak/talk/want/need/put/call/escalate/asked/asks/let/get/through
head of ..2 customer/support/service/services/operations/complaints/sales/department & speak/talk/want/need/put/call/escalate/asked/asks/let/get/through/contact/meeting
get/fetch me ..2 manager/supervisor/boss
c level
not talking/speaking/dealing to/with you any more
mit ..3 vorgesetzten/chef/leiter/geschaftsfuhrer/manager ..1 sprechen
parler ..2 a/au/avec ..2 responsable/directeur/superieur/manager
hablar con ..2 encargado/gerente/supervisor/responsable/jefe
";

/// What only a large customer says.
pub(super) const LARGE: &str = "
we/i/customer/client/account/company ..1 are/am/is/have ..2 an/on/a/your ..3 enterprise/strategic/corporate !software/architect
enterprise/corporate/strategic/key customer/account/client/plan/tier/contract/agreement/licence/license/subscription/edition/package/subscriber/level
tier/plan/account enterprise/strategic
as an enterprise
";
