//! What may be passed on at leisure.

pub(super) const SPECIALIST_QUESTION: &str = "
@topic background/expertise/knowledge/experience
pick ..3 brain/brains
expert~/specialist~ on/in ..4 &- is/was/book~/menu/wine/charged
somebody/someone/anyone from your ..3 side/team/department/people ..2 explain/tell/clarify/comment/describe/advise/confirm &- call/urgent
someone/somebody/anyone/anybody/person/colleague/one/expert~/specialist~ ..3 @knows ..6 &~ @topic/question/explain/hurry/rush/time/curious &- restaurant/table/menu/wine/manager
someone/somebody/anyone/anybody/person/colleague ..4 with/who ..3 @topic
@topic person/people/expert~/specialist~/guru~
@expert ..4 &~ @topic/question/explain/hurry/rush/curious/retention/wonder~ & your/an/one/could/for &- install/wine/in/table/menu/lawyer/lawyers/solicitor/booking/charged/need/needs/engineer
whoever ..2 built/designed/knows/wrote/understands/made/specialises & how/why/question/hear/explain/love/curious
how exactly/precisely ..2 is/are/does/do ..8 & score/computed/calculated/model/forecast/algorithm/tax/vat/formula/weighted/works/determined &- wrong/angry/compensate
hear/learn/know/understand ..2 from ..2 a/an/your/one ..3 scientist/expert/specialist/engineer/accountant/lawyer/consultant/analyst
your/a data scientist/scientists
when/whenever ..1 they/you/someone/somebody/he/she/anyone have/has/get/gets ..3 time/moment/minute & how/which/what/why/does/whether &- call/ring/fix/urgent/error/table/refund
any/no ..1 time/hurry/rush/urgency ..2 this/month/week/needed/at/it/we/just/i & answer/question/interested/curious &~ how/which/what/does/do/why/whether/is
just/only/purely ..1 interested/curious/curiosity &&- cancel & how/what/which/tell/i/we
whoever looks/handles/knows/understands/deals ..2 after/with/about? & law/licensing/tax/vat/compliance/data/accounting/payroll/security/privacy/your/side
somebody/someone/anyone/one/anybody in/from your ..3 team/department ..8 how/which/what/why/whether/does
has/have anyone/anybody ..2 handled/dealt/seen/come ..8 before & vat/tax/refund/case/law/currency/customs
your ..4 expert/experts/specialist/specialists/actuary/actuaries/analyst/analysts/scientist/scientists/guru/gurus/nutritionist/dietitian/sommelier/accountant &~ how/which/what/why/whether/question/can/explain/curious/tell &- beyond/down/legal/manual
expert/experts/specialist/specialists ..3 has/have/got ..3 moment/minute/time
question/questions/query/enquiry ..4 for ..3 specialist/specialists/expert/experts/tax/vat/accountant/compliance/consultant/architect/product/technical/security/integration/integrations/data/privacy/payments
<!wine <!database <!network <!kernel specialist/expert/experts/specialists/consultant ..6 could/can/would/might/to/may/know/knows/tell/explain/answer/advise/help/clarify/confirm/comment/weigh/input/look/question/opinion/advice/view &- wine/in/booked/beyond/legal/urgent/not/outage
could/can/would/may/please/like/ask/someone/anyone/is/speak/talk/want/need/with/from/check/put/pass ..6 specialist/expert/specialists/experts/accountant/dpo !table/booked &- wine/tasting/requires/require/needs/beyond/engineer/kernel/database
specialist/specialised/specialized/expert/detailed/niche ..1 knowledge/question/questions/advice/input/answer/insight/query/guidance/topic &- not/beyond/outage
complex/complicated/tricky/detailed/advanced/specialised/specialized/technical/specific/niche/nuanced/intricate/difficult ..2 question/questions/query/enquiry !mark
your ..1 tax/vat/accounting/compliance/privacy/data/payments/payment/nutrition/allergen/integration/integrations/licensing/fiscal/pci/pricing/reporting/analytics/accessibility ..1 specialist/expert/team/person/consultant/advisor/adviser/people/guru
someone/somebody/anyone/person/colleague ..2 who/that/with ..2 knows/understands/specialises/specializes/expertise/knowledge/experience/knowledgeable ..6 &- beyond/authority &~- l1/l2/documented/described/guide/manual/beyond
how ..6 calculated/calculates/calculate/determined/algorithm/weighted/apportioned/attributed/derived/treated/rounds/rounding/works/handles ..6 & exactly/precisely/detail/under/hood/vat/tax/formula/algorithm/forecast/forecasting/rounding/model/deferred/accrual/specialist/internally
vat/tax/gst/fiscal/accounting/ifrs/gaap/withholding ..8 treatment/implications/rules/question/apply/applies/advice/compliant/compliance/guidance/rate/exempt/reverse/interpretation/scope & how/what/which/can/could/does/do/is/are/question/should/would/wondering/know/explain &- wrong/incorrect/not/breach/complaint/error/invoice
under the hood
best practice/practices ..3 for/to/when/on/around
difference/differences between ..10 & technically/exactly/accounting/tax/licensing
no rush/hurry & question/know/explain/specialist/expert/why/whenever/curious
whenever ..4 time/chance/moment & question/how/explain/specialist/expert
at your leisure
";

pub(super) const UNUSUAL_USE_CASE: &str = "
use/using/treat~/book~ ..2 one/a/each/every table/room/seat/slot/product per/for/as ..1 a? bird~/@odd/each/every &- guest/person
mad/strange/odd/weird/silly/crazy/unusual/funny/bizarre question/one/request/idea/ask ..12 & used/use/using/run/would/could/can
could/can/may/might ..3 @ourmodule ..2 be used/abused/repurposed ..2 for/as/to
nobody/no ..3 use~ ..4 for this/that
@odd ..4 with/through/in/on it/yours & want/like/would/could/can/use &- charge~/table for
use/misuse/repurpose/using ..5 @ourmodule ..2 to/for/as ..8 @odd
want/like/plan~ ..2 to ..1 use/misuse/repurpose ..3 table/room/menu/seat/ticket/guest/booking ..3 as
schedule/book/run/manage/track ..6 through/with/on/via ..2 your/the ..2 display/module/kiosk/till/planner/calendar ..3 &~ @odd
use~/run~/manage~/track~/book~/rent~/lend~/sell~/organise~/schedule~/handle~/register~/log~ ..8 @odd & your/the ..3 @ourmodule ..4 & would/want/like/can/could/use/using/plan~/thinking/try/trying/if/possible/cope/work &- menu/table for/error/not/charge~/refund~/invoice/crash~/feature
your/the ..3 @ourmodule ..8 for/to/at/as/with ..6 @odd & use/using/used/run/try/trying/would/possible/can/could/want &- please/table for/error/crash~/not/cancel~
we/i are/'s/run a/an ..2 @odd ..20 & would/will/could/can/want/like/use/run &~ @ourmodule &~ work/cope/possible/use/run/before/through/handle/would/odd/anyone
nobody/no ..3 will/has/have ..2 asked/tried/done ..3 this/that/before & we/i/use/sell/run/want/your
has/have anyone/anybody/someone/somebody ..1 ever? ..1 use~/run/try~/done/do/put ..6 your/@ourmodule/this/it
not ..3 what ..4 @ourmodule ..4 built/made/meant/designed/intended ..1 for
each/every ..2 table/guest/room/booking/product being/is/as/represents ..3
use/using ..5 as ..3 &~ ok/okay/fine/allowed with you &- default/card/login
strange/odd/unusual/weird/funny/crazy/bizarre request/requests/question/one/ask & can/could/would/use/is/module/handle/possible
use/using ..4 display/module/kiosk/planner/app/pos/system/widget/till/calendar ..3 for ..2 a/our/an ..3 course/run/club/raffle/exhibition/experiment/competition/tournament/study/quiz/treasure/hunt/lesson/lessons/ceremony/festival/choir/bees/beekeeping
use/using/used ..6 for/in ..3 blood/donation/hospital/museum/prison/church/school/library/cemetery/funeral/zoo/laboratory/lab/clinic/vaccination/polling/voting/shelter/warehouse/ship/boat/train/auction/raffle/chess/lottery/archery/laundry/parking/boats/horses/dogs/animals/bees & your/pos/module/table/planner/kiosk/booking/app/@platform 
use/using/used ..4 to ..1 lend/rent/loan/store/count/feed/grow/vote/teach/park ..4 & your/pos/booking/module/planner/kiosk/app/@platform
treat/treating/set/setting/log/logging/register/registering/enter/entering/model/modelling/count/record/use/using/handle/sell/track ..8 as a/an/our/the/purchases/rooms/tables/guests/products/orders/bookings/raffle/puzzle/covers/prizes/menu/items ..6 & we/our/could/would/like/can/i & your/@platform/would/app/could/possible/wondering/like/ok/statistics &- card/account/password/such/soon/invoice/well/business/paid/default/admin/staff/charge/described
has/have anyone/anybody/somebody/someone ..2 used/using/tried ..4 to ..2 run/manage/book/track/schedule/organise
use/using/used ..4 your ..4 to ..1 run/manage/track/book/organise/schedule ..2 a/our/the/books/slots/animals &- restaurant/table/tables/menu/event/our
unorthodox/unconventional/offbeat & but/would/use/question/idea
seen that before/anything like this
farm/zoo/prison/monastery/cemetery/circus/submarine/lighthouse/museum/orchestra/library/kennel/observatory/brewery/university/hospice/convent/abbey/lab/laboratory/choir &~ use/using/treat/unusual/odd & your/want/like/would
escape room & your/we & use/using/run/set/want/treat
bit/slightly/rather/quite/little unusual/odd/strange/weird/unorthodox & work/use/know/i/we/but &- login/email/charge
odd/unusual/strange/weird/unconventional/curious/funny/off ..1 one/question/ask & use/using/we/our/for/used/us/want &~ use/using/used/book/run/system/it/your
used/use/using it/this/your/that ..3 like that/this/so ..2 before
anyone/anybody/somebody ..3 used/using/use ..3 like/that/for/this/before &- error
not what it/this/you/your ..4 made/built/meant/designed/intended for?
not ..3 come/seen/came across? ..4 before & use/usage/using/this/case
probably/not ..3 use/usage ..3 before/had
unusual/odd/strange/weird/unconventional/unorthodox/exotic/special/rare/peculiar/quirky/niche/uncommon/atypical/edge/corner/nonstandard/unique/creative/crazy/different ..1 use/usage/case/cases/setup/set/scenario/requirement/requirements/way/situation/request/configuration/application/workflow/arrangement/purpose/purposes/idea &- login/activity/device/behaviour/traffic/phone/password/story/suspicious/smell/best/lowercase
use/using/used/uses/run/running/misuse/misusing/abuse/abusing/repurpose/repurposing/repurposed/adapt/adapting ..8 as/for/to/on/in ..6 farm/instead/museum/prison/boat/ship/cruise/school/church/hospital/library/zoo/train/submarine/festival/funeral/wedding/weddings/vet/veterinary/garage/laundry/escape/gym/cemetery/factory/warehouse/military/army/theatre/laboratory/lab/airline/aircraft/campsite/kennel/kennels/stable/stables/observatory/parking/dentist/barber/bees/beehives/horses/dogs/animals/elections/voting/lockers/boats/charity/canteen/planes/ferry/rescue/equipment & we/i/our/can/could/would/is/possible & your/the/it/@platform/booking/module/this/@feature &- birthday/dinner
not ..3 designed/intended/meant/built/made/supposed/typical/usual/normal/standard/common/conventional ..4 for/use/to/way/case/but/usage/purpose/setup/customer/restaurant & use/using/we/case/setup/this/purpose/used/usage &- login/working/crash/acceptable/slow/error/down
designed/intended/meant/built/made for ..6 but/however we/i/use
other than/purposes ..3 intended/designed/meant
outside ..3 normal/usual/typical/standard/intended/ordinary ..2 use/usage/purpose/setup/case/scope/way
off label
nobody/no one/never/not ..8 done/tried/used/seen/asked/heard ..6 before/this way/like & use/using/setup/way/case/this/customer/config/idea &- problem/error/crash/country/login
first/only ..2 customer/client/one/people ..3 doing/do/using/use/trying ..4 this/it/like/that/your
probably/maybe/perhaps ..4 first/only/strange/unusual/weird/odd/crazy ..4 & use/using/ask/asking/question/setup/to/request &- time/error/crash
bit/slightly/somewhat/rather/very/quite/pretty unusual/odd/strange/weird/unconventional/exotic/unorthodox/niche/special & use/using/case/setup/want/we/need/request/run/question/but/requirement &- login/activity/behaviour/email/smell/noise/order/taste
instead of ..4 tables/restaurants/menus/guests/meals/orders/bookings/food/restaurant/customers & use/using/we/manage/track/schedule/our &- charged/refund
workaround ..4 for ..4 unusual/our/unique/special
";

pub(super) const PROCESS_SUGGESTION: &str = "
you/agents/support could/should/might ..1 always? send/ask/tell/call/confirm/check/warn/remind ..8 before/after/when/first/earlier ..4 & @wayofwork &- please/me/my/invoice/table
why do you/we not ..12 @wayofwork
perhaps/maybe ..10 @wayofwork ..8 could/should ..1 be
@wayofwork ..8 could/should be ..1 dropped/skipped/merged/shortened/automated/simplified/combined/standardised/scrapped/reduced
hint/tip/thought/word/feedback ..2 for your/the ..1 team/support/agents/people/process/colleagues
would have saved/spared/avoided ..6 &~ @wayofwork &- charge~
would/might ..2 be ..2 nice/good/better/easier/helpful/great/useful/clearer if ..2 one/a/an/each/every/all/you/agents/someone ..10 @wayofwork
suggest~/suggestion~/idea~/thought/propose/proposal ..12 @wayofwork &- feature/button/app/menu/dish/table/restaurant/manager/leave~/wine
would/could/might ..2 be/help/save/cut/make/work ..10 if ..2 you/we/agents/support/your/everyone/callers/team ..10 @wayofwork
we/you could/should/might ..2 cut/save/avoid/shorten/reduce/skip/merge/combine/standardise/automate ..10 @wayofwork
@wayofwork ..10 would/could/might ..3 save/help/cut/avoid/make ..8 time/emails/us/all/easier/everyone/less/everybody/work
next time ..3 tell/send/give/let/ask/warn/call/use/include
thought/considered/tried ..2 of/about? ..4 offering/sending/asking/calling/giving/telling/adding/using/letting/merging/a ..10 
if ..3 your/the/our ..2 @wayofwork ..10 save/easier/faster/quicker/fewer/less/simpler/better
could we/you ..2 have/send/use/get ..3 standard/template~/checklist~/summary/macro ..6 & @wayofwork
instead/rather ..2 than/of ..10 @wayofwork ..6 & suggest~/could/would/better/why/idea/thought
could ..2 the/your ..2 process/procedure/workflow/onboarding/checklist/handover/form/approval ..3 skip/drop/include/be/have/use/omit/start/get
tip/idea/suggestion/thought for your ..1 team/agents/support/process/staff/colleagues
make ..2 it ..2 easier/faster/simpler ..3 to ..2 track/handle/process/close/follow/find/answer & team/support/agents/case/ticket/tickets/subject/process
maybe/perhaps ..6 could/should ..2 be ..1 sent/merged/bundled/automated/simplified/shortened/combined/moved/asked/done/grouped/batched/standardised/standardized/skipped ..6 & onboarding/mails/emails/form/steps/tickets/refunds/replies/reminders/agents/support/process/approvals
support/agents/team/you/we should/could ..1 confirm/ask/send/call/mention/include/check/add/tell/use/have/offer/stop/start ..10 & refund/reply/first/ticket/template/customers/callers/agents/macro/handover/order/each/every/before/process & think/suggest/maybe/perhaps/would/we/should & support/agents/team/macro/process/first/handover/template &- not/lawyer/immediately/compensation
save/saves ..3 time/hours/minutes/everyone/everybody ..3 if ..8 & agents/support/team/you/we/customers/asked/form/template
have/has you/anyone/team ever? thought/considered/tried ..1 of/about/to? ..12 & support/process/calling/callback/agents/team/fairer/queue/tickets/people/order/customers/reply/replies
would ..2 make ..1 sense/easier/fairer/better/faster ..2 to/if/for ..8 &- table/menu/button
make ..2 support/process/refund/onboarding/queue ..2 process? fairer/better/faster/easier/smoother/clearer
just ..1 thinking aloud/thought/suggestion/idea & let/could/should/why/would/team/process/form/queue/customers &- question
improvement/process/workflow idea/ideas/suggestion/suggestions/proposal
why not ..4 put/merge/combine/move/send/let/have/make/add/use ..8 refund/refunds/approvals/approval/queue/tickets/form/forms/emails/mailboxes/agents/team/steps
suggest/suggests/suggested/suggesting/suggestion/suggestions/propose/proposing/proposal/idea/ideas/recommend/feedback/improvement/improvements/recommendation ..10 process/processes/workflow/procedure/procedures/onboarding/handover/handoff/support/team/template/templates/macro/refund/refunds/checklist/way/steps/step/escalation/triage/training/agents/agent/queue/reply/replies/ticket/tickets/forms/form/approval/approvals/communication/internally/response/how/handling/documentation/playbook &- dish/legal/manager/dessert/friend
process/processes/workflow/procedure/procedures/onboarding/handover/handoff/escalation/approval/approvals/returns/refund/refunds/verification/template/templates/checklist ..6 could/should/would/can/might/needs/to ..4 improved/improve/simplified/simplify/faster/easier/better/smoother/streamlined/streamline/automated/automate/shorter/shortened/clearer/changed/reduced/quicker/updated/simpler/skip/include/benefit/merged/optimised/optimized/rethink/reviewed/reworked/combined/removed/dropped/added
would/could/might/should be ..3 better/easier/faster/helpful/great/nice/useful/good/simpler/quicker/smoother/more ..3 if/to/for ..8 process/team/agents/support/you/we/step/steps/onboarding/template/form/checklist/refunds/refund/handover/procedure/emails/confirmation/customers/tickets & process/team/agents/support/step/steps/onboarding/template/form/checklist/refunds/refund/handover/procedure/ticket/tickets/queue/reply/replies/macro/approval/asked/sent/workflow/call/updates/shift/chat &- menu/dark/feature/dish/error/crash/button/app/integration/api
why not ..4 you/we ..8 process/template/checklist/form/step/macro/workflow/handover/queue/approvals/approval/inbox/onboarding/mailbox
improve/improving/simplify/simplifying/streamline/streamlining/optimise/optimize/shorten/automate/rethink/rework/speed ..5 process/processes/workflow/procedure/procedures/onboarding/handover/handoff/triage/escalation/approvals/approval/refunds/returns/intake/checklist/steps/template/templates/response/communication &- not
process/workflow/procedure improvement/improvements/suggestion/suggestions/idea/ideas/change/changes/feedback
suggestion/idea/suggestions/feedback/proposal ..1 for ..2 improvement/improving/you/your/team/next/future & process/team/support/handle/agents/workflow/onboarding/way/steps/tickets/refund/refunds/communication
we should/could ..2 add/update/change/have/introduce/create/automate/drop/merge/stop/start/use ..6 process/template/checklist/macro/step/form/article/kb/workflow/faq/procedure/playbook/runbook/field/saved/canned
have/has you/anyone considered/thought ..10 process/onboarding/checklist/template/reminder/workflow/form/handover/refund/refunds/callback/steps/support
one less step
too many steps & process/refund/onboarding/approval/should/could/form/handover
";

pub(super) const SECOND_OPINION: &str = "
anyone/anybody/someone/somebody/others/you ..1 see/sees/feel/feels/think/thinks/judge ..2 differently/otherwise/so/same
sound/sounds/seem/seems/look/looks ..1 fair/reasonable/right/sensible/ok/okay ..3 to ..1 you/others/anyone
borrow ..2 brain
want/like/need ..2 it/this/that/my ..2 checked/reviewed/verified/proofread/read ..6 &~ draft~/answer/reply/wording
someone/somebody/anyone/colleague/you/anybody ..3 read~/look~/check~/glance~/go/cast~/review~/run ..5 over/through/at/my/draft/it/this &~ reply/draft/answer/wording/policy/decision/send &- please/password/menu
draft/reply/answer/response ..4 below/attached/ready ..6 & check/read/look/review/ok/okay/right/over
on the fence & about/opinions/opinion/refund/reply/decision/which
opinions/thoughts/views/feedback ..1 welcome/appreciated & i/my/refund/reply/fence/answer/decision &- menu/launch
lean/leaning towards/toward & view/opinion/agree/thoughts/you/sure/grant
does/do this/my/the ..2 reply/answer/draft/wording/response/approach/reading ..2 sound/look/seem/read/feel ..2 right/okay/ok/good/fair/correct/fine
like/want/appreciate/welcome ..2 your view/views/opinion/thoughts/take/input
before i press send
do/does/would/could others/anyone/colleagues/you/somebody/someone ..1 agree &~ think/fair/credit/refund/answer/reply/approach/reading/policy/call/decision
in my place & would/what/do/refund/you
inclined to ..6 &~ others/agree/what/thoughts/opinion/right/you/sense
peer/colleague/someone/somebody/teammate ..2 to? verify/review/check/confirm/validate/proofread ..4 before/goes/out/this/send/my
before it/this/the goes/going/went/reply/answer out/goes/is? & check/verify/look/review/peer/opinion/agree
goes out & verify/peer/check/review/colleague/look
cast ..2 eye over
in two minds & i/reply/right/whether/about/answer
eye/eyes over my/this/our/the
second/2nd/another opinion/view/look/set/pair/perspective/pov !of/at/menu/room/class &- book/booked/screen/dentist/doctor
second/another/fresh/extra/more pair/set/pairs of eyes
pair/set of eyes
fresh/other/extra/more/another/second eyes
double check/checking/checked ..6 my/our/this/that/the/me/before/with/answer/reply/reading/approach &- booking/reservation/password/spelling/order/email/table/address/availability/invoice
sanity check/checking
sense check
gut check
cross check ..4 my/our/this
check/review/look/confirm/verify/proof/proofread/validate/approve ..4 my/our ..3 answer/reply/reasoning/response/approach/draft/reading/decision/interpretation/understanding/logic/diagnosis/conclusion/assessment/solution/calculation/judgement/judgment/wording !on &- name/table/booking
not/bit/un ..2 sure/certain/confident/convinced/unsure ..4 if/whether/about/that/my/how/this/i ..6 right/correct/correctly/handled/handle/answer/approach/call/decision/best/reply/respond/interpretation/apply/exception/way/rightly/properly/fair/policy &- login/password/page/error/button/address
unsure/uncertain/undecided/torn ..4 if/whether/about/how/between/on ..8 right/correct/correctly/handled/handle/answer/approach/call/decision/best/reply/respond/interpretation/apply/exception/policy/refund/goodwill/this
am i ..2 right/missing/correct/overlooking/wrong/being !in/to/a/this/my
would you/anyone ..2 agree/do/decide/have/handle/see/approve/say/read ..4 & i/my/this & decision/approach/same/handle/agree/answer/case/it
do you agree ..2 with
what would you do
what do you/others/people/we think & i/my/approach/answer/reply/decision/should/draft/before &- menu/wine
want/need/like/appreciate/value/love/could/would/get/hear/asking/ask/grateful/use ..5 your/a/someone/somebody/another/other/colleagues ..2 opinion/view/thoughts/input/perspective/judgement/judgment/steer/advice/guidance &- side/knowledge/accounting/specialist/lawyer/legal/tax/menu/expert/vat/wine/booking
your/a thoughts/opinion/take/view/steer ..3 on/about/before/if/please/welcome &- knowledge/accounting/beautiful/nice/room/menu/table
someone/somebody/colleague/anyone/senior/lead/you ..2 else? ..3 look/check/confirm/review/verify/agree/weigh ..5 over/before/my/answer/draft/reply/decision/approach/in/this & before/draft/answer/reply/decision/approach/send/sending/opinion/weigh &- password/card/account/order/booking/error/login
look over/through ..3 my/our/this/the ..2 reply/draft/answer/response/proposal/numbers/reasoning
before i/we ..2 send/reply/answer/respond/decide/commit/approve/refund/close ..8 & check/look/opinion/review/agree/confirm/sure/right/correct/thoughts/someone/eyes/second
peer review
";
