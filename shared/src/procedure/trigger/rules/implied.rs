//! What is only implied: it counts where a text says nothing plainer.

use super::super::Trigger;

/// The first of them that fits is taken.
pub(in super::super) const IMPLIED: [(Trigger, &str); 12] = [
    (Trigger::Security, SECURITY),
    (Trigger::DataLoss, DATA_LOSS),
    (Trigger::Outage, OUTAGE),
    (Trigger::Legal, LEGAL),
    (Trigger::ChurnRisk, CHURN_RISK),
    (Trigger::UnresolvedAttempts, UNRESOLVED_ATTEMPTS),
    (Trigger::TechnicalScope, TECHNICAL_SCOPE),
    (Trigger::BillingDispute, BILLING_DISPUTE),
    (Trigger::SecondOpinion, SECOND_OPINION),
    (Trigger::ProcessSuggestion, PROCESS_SUGGESTION),
    (Trigger::UnusualUseCase, UNUSUAL_USE_CASE),
    (Trigger::Bug, BUG),
];

const SECURITY: &str = "
@private/data/list/message ..6 went/go/goes/sent/came ..3 to ..3 ex/wrong/another/other/stranger~/mr/mrs/neighbour~/else &- @asks
contain~/show~/include~/display~ ..3 @private ..1 of a/an/some ..1 mr/mrs/ms/stranger/other/woman/man/guest/customer/company
another/other ..2 @party ..6 show~/appear~/turn~ ..3 in our/my &- @asks
of another/other ..2 @party ..6 show~/appear~/turn~ ..3 in our/my
@access ..6 by/from ..4 who ..1 left/quit/resigned
@access ..8 by/from ..2 unknown/stranger/former/ex/nobody/outsider
anyone/anybody/everyone/everybody/public ..4 @access ..6 @private &- how/make/want
somebody/someone ..4 pretend~/impersonat~/pose~/posing
suspicious/fishy/dodgy ..3 email/login/call/message/link/person/account
";

const DATA_LOSS: &str = "
rest/remainder/others is/are/was gone/lost/missing
@kept ..6 back to ..1 what/where/how
had #several ..2 @kept ..8 &~ now/only/left &- table/book~
@kept ..4 cut ..1 to/off/short &- price~/hours/staff
only ..3 #number ..3 of ..3 @kept ..3 left/remain
";

const OUTAGE: &str = "
nothing ..3 going/goes/gets through
can/could not ..4 @do & @everybody
";

const LEGAL: &str = "
summon~/witness ..4 &- evening/view
insurance/insurer~ ..4 details/claim/contact & injur~/hurt/fell/slip~/broke/burn~/accident
";

const CHURN_RISK: &str = "
another/other/different/new firm/company/provider/team/system/supplier ..3 will/take~/handle~/do ..6 our/us/over &- how
we/i are/'s off/gone/out $
exit/departure/migration/move/switch ..2 from/off/away ..2 your/you
agreement/contract/subscription/cooperation/collaboration ..2 ends/ending/expires/stops ..2 on/in/at/with/from &- when/does/if
not ..4 your customer~/client~ ..2 longer/any
without you from/next/soon/after
new home for our
prepare~/plan~/start~ ..3 exit/departure/move
";

const UNRESOLVED_ATTEMPTS: &str = "
today is/it ..2 ..1 #number ..4 &~ not/no/nothing/still
email/call/message/ticket/contact/attempt/reminder/letter no/number/nr/num #many &- telephone/phone
not one/a/single ..1 word/reply/answer/response/call
every ..1 time i/we call/write/ring/phone/ask/contact
#many ..1 agents/people/colleagues/advisers/answers ..6 #many/different/still/not/same &- @meal/table/guests
";

const TECHNICAL_SCOPE: &str = "
limit~/end/edge ..2 of ..4 help/guide/docs/documentation/pages/knowledge/skills/support
";

const BILLING_DISPUTE: &str = "
#high ..6 left/gone/taken/vanished/missing ..3 account
not/never/refuse~ ..2 accept~/agree~/pay/owe ..6 & #high
#high & @billish & never/not/returned/cancelled/wrong/unfair/surprised/shocked/shock/twice/double/why/too/mistake/error/dispute~ &- please/resend/find/send/how/copy/thank~
";

const SECOND_OPINION: &str = "
colleague/someone/anybody/somebody ..2 could/would/can ..1 confirm/check/verify ..10 rule/policy/applies/apply/right/correct/answer/reply
what would/do others/you/colleagues ..1 say/do/think/reply/answer
my draft/reply/answer is ..1 attached/below/here
";

const PROCESS_SUGGESTION: &str = "
could/should not? the/your/our ..3 @wayofwork ..4 contain/include/mention/say/ask/have/list/carry
@wayofwork ..10 would/could ..2 make/save/avoid/be ..6 easier/simpler/faster/quicker/time/calls/emails/better/clearer
i/we think ..2 agents/support/team/colleagues/you/we should/could
agents/support/colleagues/team should/could ..4
single/one/shared/common ..1 form/template/checklist/inbox/queue ..8 instead
";

const UNUSUAL_USE_CASE: &str = "
want/like/plan~/thinking ..2 to? ..1 run/manage/use/book/handle/put/rent ..8 through/with/via/using ..1 your ..1 table/room/seat/menu/@ourmodule
could/can/may/would a/your/the ..2 @ourmodule ..4 placed/put/mounted/installed/used/run ..2 on/in/at/for/as ..4 &- restaurant/cafe/bar/kitchen/counter/hotel/pub/shop
use your ..2 @ourmodule ..2 for/as/to ..6 @odd
";

const BUG: &str = "
@soft2 ..3 keeps/keep ..2 @behave2 &- @asks/@meal
@behave2 ..2 by itself/themselves &- @asks
@soft2 ..2 count~/treat~/list~/mark~/record~/label~ ..4 as &- @asks/like
@soft2 ..6 #several times ..6 &- @asks/@business/party/guests
nobody ..1 changed/touched/edited ..4 &~ @soft2
print~/show~/display~/read~ ..4 in ..1 chinese/english/german/french/spanish/italian/arabic/polish/dutch/greek &- @asks
@soft2 ..6 @behave2 & @deviant2 &- charged/billed/invoiced/@meal/@asks/@fine2/book/bring/meet/looking/know/nice/case/changed/party
@soft2 ..4 @misdeed &- @meal/@asks/@fine2/used/card/guest
the/your ..3 @soft ..4 not ..2 @behave2 &- @asks
i/we press/click/tap/type/scan ..8 and/but/nothing ..6 &- @meal/how/please
impossible to ..6 & @soft2 &- @asks
@soft2 ..3 off by
off by a/one/#number
i/we typed/entered/selected/chose/picked/set/pressed/clicked/tapped/scanned/saved ..8 and/but ..6 &- @asks
@soft2 ..3 not ..2 @behave2 &- @asks
@soft2 ..6 never/not ..1 @behave2 ..4 &- @asks/@meal
@part ..12 instead of &- says/reads/typo/spell~/spelt/wording/help/how/please/@praise/would/wish/where/can/could/want/prefer/charged/billed/rather/use/using/why/suggest~/offer~/should/paying
@part ..12 although/though/despite ..8 &- how/please/@praise/would/wish/where/charged/billed/invoice
@part ..6 differ~/mismatch~/disagree~/contradict~ ..3 &- @asks
i/we can not ..1 scroll/zoom/swipe/tap/drag/type/resize/click/expand/collapse
@behave ..2 by itself/themselves &- @asks
@part ..4 come~/came out ..4 &- @meal/@asks
@part ..6 reject~/ignore~/accept~/forget~/drop~/lose~/duplicate~/skip~/swap~ ..1 &- @meal/@asks/card
@part ..3 arrive~/come~/came/appear~ ..2 hours/minutes/days/late &- @meal/@asks
undo/redo/save/search/zoom/copy/paste ..2 @behave/restores/restore ..3 &- @asks/how
when/whenever/if/after/clicking/tapping/pressing/every/opening/choosing/selecting ..6 @part ..8 @behave &- @meal/@asks
^ clicking/tapping/pressing/opening/selecting/choosing/scanning/scrolling/swiping ..6 @behave &- @meal/@asks
whenever ..12 @part ..2 @be &- @meal/@asks
@part ..6 @be ..2 counted/shown/sent/printed/listed/booked/marked/added/displayed/sorted/saved/charged/calculated/treated ..3 as/at/in/on/with/under/before/after &- @meal/@asks
@part ..4 @be ..1 always/never/permanently/constantly/suddenly ..3 &- @meal/@asks/open/closed/available/happy
@part ..3 @be/@has ..1 missing &- @meal/@asks/parcel/delivery
the/your/our/my/a ..3 @part ..12 @behave & in/to/with/into/from ..2 dollars/euros/past/english/german/french/spanish/future/1970/caps/background &- @meal/@asks
dropdown/drop/list/menu/screen/page/form/report/export/app/till/kiosk ..6 @be/@has/lacks/lack ..2 missing &- @meal/@asks
had/has/have ..1 worked/been ..2 fine/perfectly/well/ok ..1 until/before/till
";
