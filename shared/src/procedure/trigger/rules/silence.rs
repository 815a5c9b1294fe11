//! What silences the words around it.

use super::super::scope::Effect;

/// Patterns by what they do.
pub(in super::super) const TABLES: [(Effect, &str); 7] = [
    (Effect::Supposed, SUPPOSED),
    (Effect::Conditional, CONDITIONAL),
    (Effect::Asked, ASKED),
    (Effect::Mentioned, MENTIONED),
    (Effect::Over, OVER),
    (Effect::Past, PAST),
    (Effect::Elsewhere, ELSEWHERE),
];

const SUPPOSED: &str = "
would say/call ..4 this/it/that
would have been/done/sued/cancelled/left
if ..8 had ..8 would
what happens/happen/would/will ..4 if/when/should
what if
hypothetical*
theoretically
in theory
suppose/supposing/imagine/imagining !you
curious/wondering/wonder/wondered if/whether/what/how/about
in the event of/that
in case of
for example
as an example
e g
worst case scenario
this is only/just a test/drill
for my/our/a/the ..2 thesis/dissertation/essay/novel/exam/coursework/audit/questionnaire/tender/rfp
if we ever
if i ever
if you ever
if/when/should there ever
should there be
just/only kidding/joking/joke
haha/lol $
would you/we/they/i lose
";

const CONDITIONAL: &str = "
want/wants/like/need/please/could ..5 deleted/erased/removed/wiped/purged
if you !could/can/would/please/might/kindly/will
any reason/chance ..1 it/this/that/of
if !not !you
in case
whether
unless
should there/anything/something/we/the
prevent/prevents/preventing/avoid/avoids/avoiding/prevention
protect/protects/protecting/protection/protected ..4 from/against
risk/risks/chance/danger/likelihood of
before !this/that
so that no
would/could/might ..2 mean/lead/cause/result
in order to
";

const ASKED: &str = "
is/was/are/were/will/has there/any ..2
is/are/was/were ..3 planned/scheduled/expected
do/does you/your/it/this/the !not !know/see/realise/realize/have
do you have !an/any
do you have any/a/an ..2 @document/plan/process/procedure/policy/protection/insurance/backup/backups/plans
what is/are/was !going/wrong/happening/up
what happens
what/how would
what do/does/should/can/could you/your/i/we/it/happens
how do/does/would/should/will/often/long/likely/safe/secure
how can i/we/you !be/have/explain/justify
can/should/may/shall i/we/it/this
will i/we/my/our/it
could/can a/an
have/has you/there ever
could/can/would you tell/explain/describe/send/share/confirm/clarify ..3 what/how/your/the/whether/which
any @document/update/news/plans
which/who
where !have/has/did
";

const MENTIONED: &str = "
read/reading/saw/seen/liked/loved/enjoyed your ..3 post/article/page/guide/blog/newsletter/video about/on/regarding
@document on/about/regarding/re/concerning/covering/called/titled/named/entitled/of/for
read/reading/reads/hear/heard/hearing/learn/learning/learned/ask/asking/talk/talks/webinar about !you
saw/seen/watched ..3 on the/tv/bbc/news
saw/seen/read/watched your/the/an/a advert/ad/advertisement/campaign/article/post/interview/feature/story
page/article/section/chapter/module/option/setting/field/button/tab/menu/label/heading called/named/titled/labelled/labeled/says/saying/reads
question about/on/regarding
movie/film/book/song/podcast/show/series/documentary about/on/called
";

const OVER: &str = "
thought ..14 but it/she/he/they/i was/had/were
@is/@was/are/were running/working/live/up again
problem/issue/fault/error/bug/glitch ..6 has/have gone/disappeared/stopped/vanished
my/our own? fault/mistake/bad
thought ..8 had ..1 gone/vanished/disappeared/lost/failed/crashed but
was looking at/in the wrong
panic over
all there
everything/it/all/things/system/app/site/which ..3 been ..2 running/working/stable/solid/smooth/fine/perfect/flawless/good/great ..4 since/again/now
since ..5 fix/update/patch/upgrade/change/visit/restart ..4 solid/fine/perfect/smooth/stable/works/working/good/great/problem/flawless/flawlessly
^ ..3 all sorted/good/fixed/resolved/solved
that/it did/fixed/solved/sorted it/that/the/trick
withdrew/withdrawn/withdraws/retracted/retracts/dropped/drops/took ..3 threat/complaint/claim/request/back/cancellation/notice
calmed down
works/working/worked fine? again/now/today
works/working perfectly
it/that/this/everything/all/app/system/site/website/printer/login/page 's/is/are/seems/looks/appears all? @fine !not !except/past/beyond/over/above/outside/until/before
it/that/this/everything/all/issue/problem/bug/error/fault/matter @has ..2 been fixed/resolved/sorted/solved/corrected/restored/recovered/refunded
issue/problem/bug/error/fault/outage/glitch/it/that/this @is/@was now/already/since/quickly/then/later/all? fixed/resolved/sorted/solved/corrected/restored
@is/@was/got/has all? resolved/fixed/sorted/solved ..4 now/yesterday/already/quickly/thanks/thank/within/same
now/already/since/quickly been? fixed/resolved/sorted/solved/restored/recovered
you/team/support/engineer/engineers/colleague/agent/they have? fixed/resolved/sorted/solved/restored/recovered it/that/this/everything/the/all/them/my/our !soon
@is/@was/are/were/now back up/online/again/working/normal
@is/@was/are/were/now back to normal/life/work
@is/@was/are/were over for/now
everything/it/all is back
turned out to be
put/sorted/fixed/made it/everything/things right
credit where
@is/@was/are finally over
came/come back up/online/again
found them/it/him/her again?
got/have ..3 back now
please? ignore/disregard my last/previous/earlier/first/message/email/other
false alarm
please? ignore/disregard my/this/that/the
just a joke
only joking
no longer a/an problem/issue
has not happened since/again
";

const PAST: &str = "
as planned/intended
went/goes/gone/going very/really/so? well/smoothly
used to ..1 crash/freeze/fail/lose/hang/break
lawsuit/court/case/tribunal/dispute ..2 with/against ..2 builder/builders/landlord/neighbour/neighbours/tenant/tenants/contractor
our/my/her/his ..1 landlord/builder/neighbour/neighbours/tenant/tenants/ex/employee/contractor ..6 court/sue/sues/sued/suing/tribunal/lawyer
thank/thanks/thanking ..6 help/fix/fixing/support/work ..2 with/during/on
very/really/so/was/were/is/are happy/pleased/delighted/impressed/thrilled with/by/about
made ..1 my/our/everyone day
lovely/great/nice/fantastic/wonderful/glowing/brilliant ..2 write/writeup/piece/article/review/feature/interview/coverage/mention
gone/went/goes/going down ..2 well/great/brilliantly/treat/storm
some/another/a/any other/different ..2 was/were/got ..1 sued/fined/hacked/breached/prosecuted
told me ..3 other/another ..4 was/were/got
@number/few/couple/some/many/several/ages/long years/months/decades ago
years/ages/months/long ago
^ last year !'s
back in @month/#number/the/my
^ in the past
in the past we/i
in my/our last/previous/old/former job/company/role/life/business/place/provider
our/my/the/an/a last/previous/old/former/ex/prior/earlier provider/supplier/vendor/employer/company/system/software/firm/job/bank/landlord/host/restaurant
about/at another/other/different company/provider/supplier/vendor/restaurant/firm/business !'s
before we/i joined/switched/moved/came/signed/started/used
when i/we was/were/worked/used @with/at/to/on/a/young/kids/still
we/i used to
historically
in 2018/2019/2020/2021/2022/2023/2024
";

const ELSEWHERE: &str = "
spilled/spilt/spill/tripped/unplugged
our/my/their ..2 's software/system/website/app/printer/laptop/computer/phone/server/scanner
another/other provider/company/firm/supplier/vendor ..1 had/has/have/suffered
glad/happy we are/went/chose with you
power/electricity/electrical/internet/broadband/water/gas/wifi/network/phone/telephone/mobile/isp/fibre/mains ..2 outage/cut/failure/down/off/supply/blackout
our/my/the/their ..2 internet/wifi/broadband/isp/electricity/power/oven/fridge/freezer/boiler/dishwasher/lift/elevator/van/car/truck/toilet/heating/grill/fryer ..2 @is/@was/has/broke/went/stopped/keeps
at/by/for/from/with/of ..1 amazon/aws/google/microsoft/azure/cloudflare/facebook/meta/crowdstrike/british/their ..3 outage/outages/breach/hack
outage/outages/breach/breaches/hack/incident/crash/leak at/by/of amazon/aws/google/microsoft/azure/cloudflare/facebook/meta/crowdstrike/another/a/an/some/other
competitor/competitors/rival/neighbour/neighbours/friend/friends/cousin/brother/sister/neighbor 's? ..6 was/were/got/had/have/has/been
planned/scheduled/upcoming/announced ..2 maintenance/outage/downtime/outages/update/upgrade
maintenance window/weekend/tonight/tomorrow/notice/announcement
";
