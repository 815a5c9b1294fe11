//! What does not work: our product, for all or for some.

pub(super) const OUTAGE: &str = "
all of them/us/our ..4 get~/show~/see~/are/have/has ..4 @dead/@fails/page &- printer/order
not ..1 @work ..2 for/on/at/in any/anybody/anyone/everyone/all/every/everybody/both/each
all/every/each/both/entire/whole ..3 @place ..2 get~/see/sees ..6 when/on/at they/it/log~/trying/sign~/opening &- <!every/not one/single/except/only/1/apart
all/every/each/both/entire/whole ..4 @place ..3 @be/have/has/get/show~/gone/went ..2 @dead &- <!every/not one/single/except/only/1/apart
company/chain/group/country/nation/world/estate/system/platform wide &~ @dead/@fails/responding/responds &- great/roll~/license/licence
nobody/none/nowhere ..3 get~/got/reach~/manage~ ..3 past/through/in/on/into/beyond/login &- back/answer/help/reply
can/could not be ..2 @do/taken/made/processed/placed/reached/opened ..8 any/all/every/none/both ..4 @place
@platform ..2 not ..1 answer~/respond~/reply ..12 & all/any/every/towns/everywhere/whole
@do ..3 fail~/impossible/blocked ..4 in/at/across/for ..1 each/every/all/any/none ..4 @place
all/every/each/both/entire/whole ..3 @place ..2 @down/dead/frozen/blank &- <!every/not one/single/except/only/1/apart
have/has/had/with/without ..2 no/any ..2 till~/system/ordering/payments/access/connection/service/internet/kiosks & @every ..3 @places &- <!every/not one/single/except/only/1/apart
have/has/had ..2 no ..2 till~/system/ordering/payments/access/connection/service & #several ..2 @places
on/to/pen ..2 paper & @every ..4 @place
on/to/pen ..2 paper & everywhere
all/every/each/both/#several ..6 @place ..3 get~/see~/say~/stare~/show~ ..3 @dead/@fails/page &- printer/order
customers ..4 staff/team ..6 get~/see~/lock~/unable/not ..4 @fails/@dead/page/out
@fails ..2 on every ..2 page/screen/device/till
@be/get~/got/remain~/stay~/keep~/went/gone ..3 @dead !to/of & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
@be/get~/got/remain~/stay~/keep~/went/gone ..3 @dead !to/of & #several ..3 @places &- <!every/not one/single/except/only/1/apart
@be/get~/got/remain~/stay~/keep~/went/gone ..3 @dead !to/of & @everybody &- <!every/not one/single/except/only/1/apart
can/could/will not ..3 @do & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
can/could/will not ..3 @do & #several ..3 @places &- <!every/not one/single/except/only/1/apart
can/could/will not ..3 @do & @everybody &- <!every/not one/single/except/only/1/apart
unable/impossible to ..2 @do & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
unable/impossible to ..2 @do & #several ..3 @places &- <!every/not one/single/except/only/1/apart
unable/impossible to ..2 @do & @everybody &- <!every/not one/single/except/only/1/apart
not able to ..2 @do & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
not able to ..2 @do & #several ..3 @places &- <!every/not one/single/except/only/1/apart
not able to ..2 @do & @everybody &- <!every/not one/single/except/only/1/apart
not ..1 @work !on/for/out & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
not ..1 @work !on/for/out & #several ..3 @places &- <!every/not one/single/except/only/1/apart
not ..1 @work !on/for/out & @everybody &- <!every/not one/single/except/only/1/apart
stop~/cease~/refuse~ ..1 to? ..1 @work & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
stop~/cease~/refuse~ ..1 to? ..1 @work & #several ..3 @places &- <!every/not one/single/except/only/1/apart
stop~/cease~/refuse~ ..1 to? ..1 @work & @everybody &- <!every/not one/single/except/only/1/apart
lock~/kick~/throw~/threw/thrown/boot~ ..2 out & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
lock~/kick~/throw~/threw/thrown/boot~ ..2 out & #several ..3 @places &- <!every/not one/single/except/only/1/apart
lock~/kick~/throw~/threw/thrown/boot~ ..2 out & @everybody &- <!every/not one/single/except/only/1/apart
@fails !to/of/report & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
@fails !to/of/report & #several ..3 @places &- <!every/not one/single/except/only/1/apart
@fails !to/of/report & @everybody &- <!every/not one/single/except/only/1/apart
lose~/lost/drop~/no ..2 connection/connectivity/access/service/signal/contact & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
lose~/lost/drop~/no ..2 connection/connectivity/access/service/signal/contact & #several ..3 @places &- <!every/not one/single/except/only/1/apart
lose~/lost/drop~/no ..2 connection/connectivity/access/service/signal/contact & @everybody &- <!every/not one/single/except/only/1/apart
show~/display~/see~/say~/get~/got/read~/throw~ ..3 @dead/@fails/spinner/nothing & all/every/each/both/entire/whole/across/multiple/several/various/hundreds/dozens/thousands ..4 @place &- <!every/not one/single/except/only/1/apart
show~/display~/see~/say~/get~/got/read~/throw~ ..3 @dead/@fails/spinner/nothing & #several ..3 @places &- <!every/not one/single/except/only/1/apart
show~/display~/see~/say~/get~/got/read~/throw~ ..3 @dead/@fails/spinner/nothing & @everybody &- <!every/not one/single/except/only/1/apart
nobody/none/nowhere/neither ..7 can/could/able/manages ..3 @do &- manager/tell/explain/help/answer/one/reply/say/fix
no one ..7 can/could/able ..3 @do &- tell/explain/help/answer/reply/say/fix
no @place ..6 can/could/able/is/are/works/has ..3 @do/online/up/access/connection
not a/one/single ..2 @place ..5 @do/online/up/running/open
none of ..5 @place ..4 @do/online/up/connect~/respond~/has/have
nothing ..2 @work ..3 anywhere/everywhere/at/since/in ..3 every/all/our/since
@platform ..3 @be/@has/went/gone ..3 down/offline/unreachable/unavailable & @everybody/nobody/all/every/whole
@feature/payments/orders/logins ..2 fail/fails/failing/failed/down/rejected/declined ..3 in/at/for/across every/all/each ..3 @places
in/at/for/across every/all/each ..2 @places ..3 fail/fails/failing/down/dead/offline/rejected
no ..2 till/tills/terminal/terminals/kiosk/store/stores/shop/shops/site/sites/branch/restaurant ..2 working/works/online/operational/functioning/up/reachable
not ..1 reachable/available/accessible/working/responding/loading ..3 for/by/from anyone/anybody/everyone/everybody/all/any/every/anywhere
#number ..1 branches/stores/sites/restaurants/shops/venues/locations/hotels ..3 down/offline/affected/dead/closed/stopped/unable/stuck &- christmas/boxing/holiday/moved
whole/entire/all/everyone/everybody/company/chain/business ..4 locked out
all/every/each/entire/whole ..5 @places/terminals/sites ..4 show/shows/report/reports/say/display/get/gets/see ..6 error/offline/disconnected/down/impossible/unavailable/timeout/blank
all/every/each ..4 @places & error/errors/connection/impossible/offline/disconnected & no/server/ordering/same/all/moment
ordering/payment/payments/login/checkout/booking/trading ..2 @is ..1 impossible/unavailable/dead &~ every/all/each/everywhere/anywhere/any/whole
unreachable/offline/unavailable/inaccessible ..2 from/in/at/for/across all/every/everywhere/everyone/both
we/i can not ..3 @act/take/serve/process ..6 & any/all/every/whole/anywhere/everyone/none
@platform ..1 @be/@has ..4 down/offline/unavailable/unreachable/inaccessible/unresponsive/dead !@downword &- one/single/1/slow/only/old
@platform/site @be/been ..3 down/offline/unavailable/unreachable/inaccessible !@downword &- one/single/1/our/my/venue
@platform/everything/site down/offline again/since/for/now/right/completely/entirely/everywhere/this/at/today
@platform down/offline $
@platform down/offline since/for/again/now/everywhere/at/across/nationwide/company/in
your/the @platform/site ..3 went/gone/goes/going/go ..1 down/offline/dark !to/the/well
whole/entire/complete/total/entirely/completely/totally/fully ..4 down/offline/unavailable/unreachable/inaccessible/outage/blackout/unresponsive/stopped/frozen/crashed/collapsed/dead/standstill !@downword
all/every/everything/everyone/everybody/both ..7 <!everyone down/offline/unavailable/unreachable/inaccessible/unresponsive/dead/frozen !@downword/the/on/a &- one/internet/power
it 's/is all? down !to/the/there/by &- internet
we are/'s ..2 all? ..1 completely/totally/fully/all ..1 down/offline/locked/blind
complete/total/major/massive/huge/global/nationwide/national/full/widespread/severe/general/platform/system/service/current/ongoing/another/countrywide/companywide/critical outage/outages/blackout/standstill/downtime/shutdown !@paper
outage/outages !@paper !notification/credit/map/history/next
system/site/company/country/estate/group/platform/chain/nation/org/region wide ..2 outage/failure/issue/problem/downtime/crash
nobody/none/nowhere ..8 can/could/able/manages/@act/works/working/loads ..3 @act/works/loads/anything/trade/work &- manager/tell/explain/help/answer/one
no one ..6 can/could/able/is ..3 @act/log/anything/in !help/me/us
not one/a/single __5 @places/properties/property ..4 can/is/works/working/has/been
none ..5 @places/properties/property/machines/devices ..4 can/is/are/works/working/able/online/has/work
none/no ..2 of ..5 @places ..4 can/could/@be/able/working/works/load/online/open/@act/work
no @places ..5 can/could/able ..3 @act
all/every/each/any/entire/across/everyone/everybody/multiple/both/whole/hundreds/dozens/thousands ..6 can/could/are/is/@be not ..3 @act/able/working/trade/online/anything/logging/ordering/connect !@number
all/every/each/entire/whole ..6 unable to ..3 @act
all/every/each/entire/whole ..4 @places/tills ..3 affected/stopped/frozen/dead/crashed/down/offline/failing/fail/locked
can/could not ..4 @act ..6 at/in/across/on/from/for any/all/every/everywhere/anywhere/everyone ..3 @places/devices/browser
nothing works/working/loads/responds/functions/work ..3 anywhere/everywhere/any/at/all/across/since/for/in
nothing ..2 working/works/loading/loads ..3 anywhere/everywhere/at any/all/across
nothing works !for/in/like/better/on
affects/affecting/affected/hits/hitting/impacting/impacts ..2 all/every/everyone/everybody/entire/whole ..4 @places/company/organisation/organization/estate/group/chain/business
for all/every/everyone/everybody ..3 @places ..6 down/offline/error/500/503/502/fails/failing/crash/crashes/crashed
500/502/503/504 ..6 everyone/everybody/every/all/everywhere/anywhere
down/offline/error/errors/unavailable ..4 everywhere/nationwide/worldwide/globally/companywide
@platform/everything has? ..2 stopped ..1 working/responding completely/entirely/everywhere/altogether/for
system/platform/service crash/failure/collapse/meltdown
every/all ..2 request/requests/call/calls/transaction/transactions/payment/payments ..4 fail/fails/failing/failed/rejected/declined/timing/timeout/error
all/entire ..3 operations/operation/business/trading/kitchen/kitchens/restaurants ..3 stopped/halted/standstill/suspended
systemausfall
totalausfall
panne ..1 generale/totale
caida ..2 total/general
system/plattform/website ist ..2 down/ausgefallen/offline
";

pub(super) const BUG: &str = "
@part ..10 can not be ..2 redeemed/used/opened/saved/selected/edited/printed/deleted/changed/scanned/added/removed/closed/moved/sent/found ..12 it/even/although/since/error/says/invalid/any/at &- @asks
says ..1 invalid/error/unknown/denied/expired ..6 & @part &- how
drain~/eat~ ..4 battery/data/memory/storage/ink/paper
@part ..3 @act2 ..3 to/back/up/down/out/at/in/with/into/as/off ..6 when/whenever/although/even/instead/every/each/as &- how/please/@praise/would/wish/where/could/can/charged
@part ..6 print~/arrive~/come~/came/apply~/applied/send~/sent/show~/appear~/post~/count~/fire~/list~/add~/taken ..3 twice/double/duplicate/repeatedly/duplicated &- charge~/charged/billed/invoice/how
no longer @work/find~/recognise~/recognize~/accept~/remember~/calculate~/respond~/let~/allow~/add~/match~/export~ ..4 & @part &- how/we/i
let~/allow~/accept~ ..3 two/people/guests/#several/anyone/everyone/customers/parties/someone ..3 book/reserve/order/buy/pay/use/select/choose ..8 same/twice/already/full/sold/closed/expired
since/after ..3 @release ..3 @part ..10 &- how/please/@praise/would/wish/where/thank/how/fine/works &~ @act2/@work
@part ..10 since/after ..3 @release &- how/please/@praise/would/where/can/no &~ @act2/@work/not
hour~/minute~/day~/week~ ..1 behind/ahead/early/late/off/slow/fast & clock/time~/display/schedule/calendar/reminder~/report~/notification~/date/timestamp~
come~/came/show~/print~/display~/calculate~/add~ ..2 out? ..3 #number ..6 when/although/but/instead/while/not ..6 & @part &- how/please/@praise/would/wish/where/charged
with yesterday/wrong/1970/1900/last ..3 date/time/year/name/price/logo/language/on
take~ #number seconds/minutes/second/minute & used/now/since/instant/before
worked/working/fine/work ..3 until/before ..4 & @part &- how/card
had/has/have ..2 worked ..3 until
when/whenever/if/as/after/since ..16 @part ..8 @misbehave
@misbehave ..6 when/whenever/if/as/at/on/after/since/every/each/and & @part
@misbehave ..4 restart~/reboot~/reload~
up/down/left/right/before/after instead of down/up/right/left/after/before
@part ..4 @be ..3 added/sent/printed/shown/calculated/applied/posted/rounded/sorted/booked ..8 instead/although/wrong/twice/not
@feature/it ..2 shuts/shut/switches/turns/closes/powers ..2 down/off/itself ..1 when/while/whenever/after/every/as/on/by
shows/show/showing/displays/prints/says/charges/calculates ..3 #number ..4 instead of
vat/tax/total/price/discount ..3 @is/shows/was ..3 #number ..2 instead
@feature/points/it ..3 not ..2 credited/added/counted/applied/recorded/registered/updated/deducted/calculated/displayed/shown/translated/aligned ..4 although/even/despite/since/but/when/after/properly/correctly
let me/us not
not let me/us/you/them/staff ..2 save/open/log/submit/print/edit/add/select/delete/pay/check/finish/continue/scroll/upload/export
unknown/unexpected/internal/fatal/server error
button/tab/menu/option/icon/toolbar/column/field/checkbox/link/setting ..3 @has ..2 vanished/disappeared/gone/missing !your
clock/time/timestamps/times/kds ..4 hour/hours/minutes/min/mins behind/ahead/off/late/slow/fast/wrong
hours/hour/minutes/minute ..2 delay/delayed/late & @feature/push/arrive/come/notifications/orders/kitchen/sms
delayed/late ..2 by #number ..2 & notifications/push/orders/sync/display/sms/kitchen &- delivery/courier/flight/train
@feature ..2 not ..1 return/find/give/produce/list/show ..3 anything/any/results/nothing/correct/right &- parking
@feature ..4 come/comes/came/arrive/arrives/print/prints/appear/appears/is/are ..2 out/with/in/up ..3 strange/weird/random/wrong/garbled/broken/blank/empty/odd/cut/upside/missing &- taste
strange/weird/garbled/random/broken characters/symbols/order/letters/encoding
get/gets/getting/keep/keeps/got/am/are/is logged/kicked/thrown/signed out every/again/constantly/randomly/all/after/each/automatically/while/mid/repeatedly
throws/throw/threw/returns/gives/responds ..3 400/401/403/404/409/422/429/500/502/503/504
@feature lags/lag/lagging/stutters/flickers/flickering/jumps/hangs/blinks/stalls/stalled/jams/flashes
lags/lag ..3 behind/by #number?
@feature ..4 ignores/ignored/ignoring/loses/forgets/skips/swaps/mixes/truncates/cuts/drops/overlaps/disappears ..5 &- customer/guest/waiter
does/do/did not ..2 respond/react/load/open/save/print/sync/update/refresh/connect/scan/register/calculate/submit ..3 @feature/when/after/on/since/anything
can not ..2 select/click/save/submit/open/load/scroll/type/export/upload/print ..6 & greyed/since/error/nothing/update/button/even/although/keeps/spinner/any
@feature ..4 stops/stop/stopped at/after/before/halfway/midway/when/in/on/halfway &- hours/open
empties/closes/resets/reloads/deletes/changes/restarts/moves/duplicates/unchecks/deselects/minimises/minimizes/cancels itself
misbehaves/misbehaving/misbehaved/misbehave
supposed to ..2 do/look/happen/be/work ..2 that/this/like/way & is/it/not
<!have/has/already prints/printing/printed/sends/sending/sent/shows/charges/posts/books ..4 two/2/three/3/four/4/several/multiple/many times
@feature ..6 show/shows/showing/shown/says/displays/reads ..3 zero/0/nothing/negative/null/nan/undefined/none &- bill/invoice/agreed
@feature ..12 not/never ..2 arrive/arrived/arriving/appear/appeared/appearing/show/update/refresh/sync/transfer/transferred ..4 at/in/on/to/our/anywhere/here/since/all & others/all/our/some/since/today/but/any &- parcel/delivery/courier/payment/refund
whole basket/cart/form/page/order ..2 empties/resets/clears/disappears/reloads
still ..3 without ..2 fix
@platform @be down/offline & me/one/single/some/old/only
not/never add up
cleared/clearing/emptied ..3 cache & still/wrong/same/no/not/browser
wrong day/date/time/price/name/currency/language/order/table/total/result/results/amount/timezone/hour/format ..1 shown/displayed/printed/again/every/in/on/appears/selected
throws/throw/threw/returns/giving/gives/shows ..2 err/error/err*
^ the? error/errors !in/was/is/on/mine/bars/rate/handling &- typo/spelling/wording/label/sorry
@feature/total/totals/basket/balance/price/stock/screen/status/clock/date/counter ..2 goes/go/went/jumps/jumped/flips/changes/changed/becomes/turns/switches/resets/drops/jumps ..1 negative/blank/back/zero/wrong/crazy/minus/wild/haywire/twice/off
double counts/count/counting/counted/books/booked/booking/prints/posts/posting
@feature/messages/message/push/pushes/sms ..4 come/comes/came/sent/arrive/arrives/appear/appears/received/printed/shown ..3 two/2/three/3/several/multiple/many times &- charge
@feature ..4 only opens/works/loads/prints/shows/responds/appears/saves/syncs if/when/after/on/in/with
@feature/sms/reminder/reminders ..3 arrive/arrives/arrived/show/shows/showing/print/prints/display/displays/send/sends/says/reads/comes/goes/opens ..10 instead of
reboots/reboot/rebooting/restarts/restarting ..2 itself/every/constantly/randomly/by/on/again/all
@feature/@places ..4 can/could/will not ..3 log/login ..6 &~ error
shows/showing/displays/lists/prints ..5 as ..2 yesterday/today/tomorrow & wrong/still/wrong
@feature/it/that/everything/which ..3 crash/crashes/crashed/crashing !course/diet/into/on/landed
crash/crashes/crashing every/each/when/whenever/on/after/as/while/if/immediately/constantly/again/with/report/log/upon
keeps ..1 crashing/freezing/failing/hanging/loading/spinning/disconnecting/buffering/logging/kicking/resetting/timing/throwing/showing/saying/closing/rejecting/restarting/duplicating/dropping/losing/asking/giving
error/errors message/messages/code/codes/screen/page/log/500/404/403/502/503/popup !@paper &- typo/spelling/misspelt/misspelled/wording/translation
error #number/err*
an/the/this/same/following/get/gets/getting/got/gives/giving/shows/showing/throws/throwing/returns/returning/displays/with/server/internal/unknown/unexpected/fatal/runtime/timeout/database/script/syntax/null/weird/strange/http ..2 error/errors !in !on !of !rate &- typo/spelling/misspelt/misspelled/wording/translation/side/sorry/mine
#number error/errors
error/errors/exception when/while/whenever/every/after/upon/as/if
404/500/502/503/504 ..1 error/page/on/when/response/every/from
stacktrace/traceback/nullpointer/nullpointerexception/segfault/typeerror/undefined
stack trace
@feature/it/that/they/this/which/feature/everything ..6 not @work/printing/go/register/recognise/recognize/accept/calculate/apply/react/trigger/import/export/sync !for/us/out/from/as/with/hours/on !there
@feature/it/this/still/just/which ..4 can/could/will/would not be? opened/loaded/saved/printed/sent/synced/exported/imported/selected/clicked/edited/uploaded/downloaded/scanned/submitted
can/could not ..1 open/save/print/export/import/upload/download/submit/click/scan/sync/load/select/attach/edit/generate/delete/apply ..5 @feature/error/anything/file/files/pdf/changes/it
@feature/it/which/that/they/everything ..3 stopped/stops ..1 working/syncing/printing/loading/responding/updating/sending/saving/opening/appearing/showing
@feature/it ..5 freezes/froze/frozen/hangs/hung/glitches/glitching/glitched/lags/lagging/laggy/stuck/unresponsive/timed/sluggish/crawling !pizza/chips/peas/food/fish
glitch/glitches/glitchy/glitching
a/the/this/another/nasty/critical/serious/reproducible/possible/known/strange/weird/major/annoying/likely/same/confirmed/software/some/report/reporting/found bug/bugs !in/me/bit/bite/bites/spray !so & app/software/system/your/version/report/found/button/screen/when/the/this/we/checkout/page/causes/possible/another/fix/export &- soup/salad/food/bed/room/kitchen/bitten/insect/grandson/son/daughter/child/kids/kid/stomach/ill/sick/flu/caught/tummy/baby/husband/wife/nasty
bug/bugs in/with/on/when/where/that/since/after/report your/the/@feature/version/ios/android/checkout/we/i &- soup/salad/food/bed/room/kitchen/bitten/insect
looks/seems/sounds like a bug
blank/white/black/grey/gray/empty page/screen/pages/window !tv
@feature/page/screen ..2 @be/stays/remains/goes/shows/comes/went/appears/turns/turned ..3 blank/white/empty/black/frozen/broken/unresponsive/greyed/stuck/faulty/bugged/buggy/defective/glitchy
@feature ..3 broken/faulty/buggy/malfunctioning/malfunctions/malfunctioned/defective/bugged
broken @feature/export/sync/layout
@feature ..3 fail/fails/failed/failing/failure !to !@number
fails/failed/failing to/with/when/every/on/after/at ..2 @work/sync/export/import/print/complete/authenticate/render/generate/error/timeout/process/send
@feature/everything/it/loading/things/which ..2 @be/runs/running/extremely/very/so/really/become/became/been/got/gets/has ..3 slow/slower/sluggish/laggy/unusable
takes ..3 minutes/ages/forever to ..2 load/open/save/print/start/respond/log/search/refresh/appear
performance ..3 slow/poor/degraded/issue/issues/problem/problems/terrible
totals/total/prices/price/vat/tax/amounts/figures/numbers/sum/stock/discount/discounts/report/reports/time/times/timestamps/quantity/balance/tip/tips/calculation/calculations/dates/date ..3 @be/@has/show/shows/showing/calculated/calculates/calculating/displayed/displays/adds/look/come/comes ..3 wrong/incorrect/wrongly/incorrectly/miscalculated/inaccurate/doubled/duplicated/twice/negative !address
calculates/calculating/calculated/shows/showing/displays/displaying/prints/printing/adds/applies/applying/sends ..4 wrong/incorrect/twice/wrongly/incorrectly/duplicate/duplicated/double/negative !address/colour/color
@feature ..3 duplicated/duplicates/duplicating/doubled/doubling/appear/appears/appearing/printed/prints/arrive/arrives/sent/show/shows ..2 twice/duplicated/double/duplicates
wrong/incorrect total/totals/price/prices/vat/tax/calculation/calculations/amounts/figures/results/time/timezone/language/currency ..4 @be/show/shows/showing/appears/in/on/after/since/for/every/calculated/displayed
button/buttons/link/links/dropdown/menu/checkbox/toggle/icon/switch ..5 nothing/unresponsive/greyed/grayed/dead/broken/missing/disappeared/unclickable
nothing happens/happened ..3 when/after/if/on/at
nothing happens
clicking/pressing/tapping/click/press/tap/clicked/pressed/tapped ..6 nothing/error/freezes/crashes/blank/logs/kicks/closes
logs/logged/logging/kicks/kicked/throws/threw/signs ..1 me/us/users/everyone/staff/customers/you/people ..1 out/off ..3 every/again/constantly/random/randomly/after/all/automatically/repeatedly/mid/each
loading/spinning forever/endlessly/wheel/circle/spinner/icon/indefinitely/constantly
spinner/spinning/infinite ..2 forever/loop/endless/wheel/loading/never
infinite/endless loop/loading/redirect/spinner
not ..3 sync/syncing/synced/synchronise/synchronising/synchronize/updating/refreshing/saving/importing/exporting/printing/loading/receiving/registering ..5 @feature/correctly/properly/since/any
not ..1 working/loading/load/functioning/responding/displaying/rendering/work ..2 properly/correctly/since/any/at/as/again/after/on/in !@number !from !home &- hours/shift/office
does/do/did/is/are not work/working $ & @feature/it/this
changes/settings/edits/photo/image ..3 not ..2 saved/save/saving/stick/applied/apply/kept/updated/show/showing
malfunction/malfunctions/malfunctioning/malfunctioned/regression/misbehaving/misbehaves
defect/defects in/with/on @feature/your/the/version
since/after the/your/last/latest/recent/new ..2 update/upgrade/release/version ..10 not/crash/crashes/error/errors/slow/broken/fails/wrong/freezes/stopped/no/gone/missing
not ..2 receiving/receive/received/getting/get/arriving/arrive/arrived/coming ..4 emails/notifications/confirmation/confirmations/alerts/verification/otp & any/@feature & customers/guests/staff/users/all/since/none/any
connection lost/timeout/error/refused/reset
timeout/timeouts/timed/timing ..1 error/errors/out/when/on &- meeting
out of sync
unusable & @feature
";
