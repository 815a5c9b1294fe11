//! What goes wrong: at the customer's, in our product, or by somebody's ill will.

pub(super) const SECURITY: &str = "
ex/former ..3 still ..2 gets/receives/reads/uses/accesses/opens/sees/has/able/can
lock/block/freeze/disable/suspend/kill/revoke/deactivate ..2 my/our/the ..2 account/card/access/login/sessions/user &~ stolen/lost/nicked/robbed/hacked/someone/fraud
tablet/laptop/phone/device/ipad/handheld/handbag/bag ..4 stolen/nicked/robbed &~ account/login/app/logged/data/lock
orders/order/bookings/payments/purchases/transactions/accounts ..4 under/in/with/on my/our ..1 name/account/card ..6 not/never/nothing/nobody/know
orders/order/bookings/payments/purchases/transactions/charges ..6 we/i ..4 not/never/nothing ..3 know/made/make/place/placed/authorise/authorised/authorized/recognise/recognize/about
shows/show/showing/gives/giving/lets/displays/sends/sent me/us ..3 payslips/payslip/salaries/salary/data/details/bookings/orders/invoices/messages/addresses/statements/medical/contracts ..2 of/from ..1 a/an/other/another/my/someone ..1 colleague/colleagues/person/people/customer/customers/company/guest/guests/neighbour/stranger/user/users/client/clients
hole/loophole/backdoor/flaw/weakness in your/the ..1 @platform/system/security/login
change/changing/edit/editing/manipulate/manipulating/tamper ..4 url/id/cookie/request/parameter ..6 &~ pay/see/access/anyone/free/other/another/price
transactions/payments/charges/withdrawals ..3 after ..2 saving/saved/storing/entering ..2 card
unauthorised/unauthorized
pastebin
see/sees/seeing/saw/seen/view/viewing/open/opened/shows/showing/shown/shown/got/get/received ..3 @private ..2 of ..3 another/other/others/different/stranger/strangers/someone/somebody/person/people/guests/companies/tenants/customers &- menu/venue/venues/sites/branches/our/stores/restaurants
@private ..8 belongs/belong/belonging/addressed/meant ..1 to/for ..1 someone/somebody/another/other/different/stranger/person/guest/customer &- table/seat/glove
clicked/opened/followed ..4 link/attachment &~ password/passwords/credentials/typed/entered/login/claimed/pretended/fake/phishing/logged &- reset/verification/unsubscribe/confirmation
entered/typed/submitted/gave ..4 password/passwords/credentials/pin/code ..6 &~ fake/phishing/link/claimed/scam/site/page/mail &- error/wrong/not
card/cards ..2 @was ..1 used/charged ..8 after/abroad/spain/fraud/fraudulently/never/not/someone/unknown &~ terminal/kiosk/till/checkout/paid/you/your/site/fraudulently/card
2fa/otp/verification/authentication/login/security code/codes ..6 &~ not/never/without/nobody ..4 log/logging/login/request/requested/ask/asked &- arrive/receive/received/working/get
account/accounts/profile/login ..4 @was/@be/been/got ..2 taken over
email/address/password/number/details ..3 changed/reset ..2 without ..3 
confidential/sensitive/private/personal ..3 @private/data/report/files/contract/records ..4 sent/emailed/forwarded/went/disclosed/shared/mailed ..4 wrong/another/someone/somebody/other/else/third/public/everyone
@private/data ..3 sent/emailed/forwarded/disclosed/shared/mailed ..3 to ..2 wrong/third/incorrect/unrelated/someone/somebody/stranger/competitor
flags/flagged/flagging/detects/detected/blocked ..5 malware/virus/trojan/malicious
unlocked/unattended/unencrypted ..4 server/database/bucket/laptop/backup/s3
login/account/user/admin ..2 we/i/nobody ..2 not/never ..1 create/make/add/recognise/recognize/know/set/authorise
login/account/user/admin ..2 nobody/none created/made/added/recognises
readable/visible/accessible/viewable/open/available to/by/for anyone/everyone/anybody/everybody/strangers/public
can/could/able ..3 read/see/view/open/access/download any/every/all/other ..2 customers/customer/users/user/clients/client/guests/guest/members/member/tenants/tenant/company/companies 's? ..2 @private
security researcher/research
proof of concept & url/id/exploit/order/account/data/security
reading/read/spying/snooping/listening ..2 my/our ..2 messages/emails/mails/mail/conversations/chats/inbox/bookings &- app/not/error
knows/know ..3 my/our ..2 login/password/pin/credentials & keeps/reading/in/logged/ex/still
someone/somebody else ..2 be/is/was/are ..2 in ..1 there/it/my/our/account
pretending/pretended/pretends/claiming/claimed/posing/posed ..2 to? be/as/being? ..3 from/your/you/support/it/bank & password/login/company/rang/called/bank/details/card/code/money/email
gave/given/gives/told ..3 @person/them/him/her ..3 password/login/pin/code/credentials
refunds/orders/payments/transfers ..4 we/i ..1 never/not made/make/placed/place/authorised/issued/sent
staff/customer/member/guest/user/client list/data ..3 leak/leaked/online/public/out
leak of ..3 list/data/details/records/addresses/staff/customer
@person ..3 has/have/had/got been? ..1 reading/accessing/using/seeing/watching ..2 my/our
sell/sells/selling/sold/leaked/publishing/published/posted/traded ..6 guests/customers/customer/clients/passport/passports/scans/personal/ids & data/scans/passport/passports/details/list/addresses/numbers/records/ids/database
tablet/laptop/phone/device/ipad/handheld/computer/usb/stick/drive/notebook ..4 stolen/lost/missing/nicked/pinched &~ logged/access/admin/data/customer/customers/unlocked/signed/details/unencrypted
key/keys/token/tokens/secret/secrets/credential/credentials/password/passwords/apikey ..8 public/publicly/exposed/visible/github/pastebin/repo/repository/plain/leaked/screenshot/hardcoded !transport/holiday
see/sees/seeing/saw/seen/view/viewing/looking/look/looked/shows/shown/showed/access ..5 another/other/different/somebody/someone/else/wrong ..3 's? ..2 members/customers/users/guests/clients/patients/employees/data/calendar/dashboard/inbox/list !time/day &- menu/reviews/review/compliment/feedback/before
is it/this/that ..3 really/actually/genuinely from you
is it/this/that ..2 ..1 genuine/legit/legitimate/scam/phishing/fake
login/logins/log/logged/sign/signed ..3 from #name ..8 & account/caller/customer/our/my/admin & shows/show/hour/never/not/and/see/there/hours/minutes &- browser/chrome/app
# Somebody got in.
@person/unauthorised/unauthorized/unknown ..3 hacked/breached/compromised !off ..5
@we/account/accounts/system/systems/website/site/server/database/email/profile/page/login/app/credentials/details/password/passwords/card/cards/network/data @has? @be/been ..3 hacked/compromised/breached/hijacked/infected/phished/exfiltrated/intercepted !off
have/has/had/got/been/were/was/being ..2 hacked !off/together
hacked into
hacker/hackers/cyberattack/ransomware/malware/spyware/keylogger/trojan/rootkit/backdoor/phishing/phished/smishing/ddos/exploit/botnet/hackeado/gehackt/hackerangriff/datenleck/datenpanne &&- fishing
cyber attack/incident/criminals
virus ..4 on/in/through @account/your/our/computer/computers/machine/tills/till/file/attachment
attachment/file/link/email/download/app/website/site ..4 virus
brute force
@person ..3 logged/logging/logs/log/got/broke/break/signed/signing/gained/hacked/gotten/getting !out ..2 in/into/on/onto/access ..3 @account/@private
@person/ex ..5 still ..3 access/login/log/credentials
former/ex/fired/dismissed/sacked/left ..8 still ..4 access/log/login/in/into/see/view/open
@person ..2 changed/changing/reset/resetting/stole/stolen/steals/stealing/accessed/accessing/viewed/downloaded/guessed/copied/used/using/took/published ..3 my/our/the ..3 password/passwords/bank/account/accounts/login/data/details/identity/credentials/database/card/email
@person ..3 unauthorised/unauthorized/without ..2 permission/authorisation/authorization/consent ..5 @account/@private
password/email/bank/phone/pin ..3 @was ..2 changed/reset &~ not/never/nobody &~ @we & got/saying/says/notification/mail/alert/overnight/without/at/am/pm
password/email/bank/phone/iban/payout ..3 @be/been/was ..2 changed/reset/replaced ..5 not/without/by/nobody/never
i/we was/were/did/have not ..3 request/requested/ask/asked/authorise/authorised/make/made/initiate/do/did ..3 password/reset/login/log/sign
# Somebody sees what is not theirs.
see/sees/seeing/saw/seen/view/views/viewing/viewed/access/accesses/accessing/accessed/shows/show/showing/showed/shown/displays/displaying/open/opens/opened/read/browse/edit/download/into/found/find/get/gets/got/getting ..4 another/other/others/different/stranger/strangers/wrong/random/someone/somebody !time/day/venue/device/browser ..3 's? ..3 !review/reviews/feedback @private &- reviews/review/rating/ratings/menu
receive/received/receiving/gets/got/getting/get/sent/send/sends/sending/emailed/forwarded/mailed/containing/contains/delivered ..4 another/other/different/wrong/stranger/someone/somebody/else ..2 customer/client/company/guest/person/user/people/business/tenant/else/stranger/patient/member/individual 's? ..3 @private
someone/somebody/another/other/others ..2 else 's ..4 @private !please
customers/customer/guests/users/clients/staff/employees/patients/members 's? ..3 @private/details/data/info ..3 visible/exposed/public/leaked/accessible/published/shown/displayed/viewable/downloadable
@private/credentials/database/keys/secrets/customers/data ..4 leaked/leak/leaking/exposed/stolen/skimmed/harvested/scraped/compromised/breached !please
leak/leaks/leakage/leaked ..3 of? ..2 @private/customer/personal/credentials/database
data/information/credential/privacy/password ..1 leak/leaks/leakage/exposure/theft
dark web
security/data/privacy/gdpr/account breach/breaches/breached/incident/incidents/compromise/leak/hole/flaw/flaws/vulnerability/weakness/violation !@paper
security concern/concerns/issue/issues/problem/problems/bug/threat/risk/alert/warning/gap/loophole !@paper
breach/breached/breaches of? ..2 security/data/privacy/system/systems/account/database/confidentiality
vulnerability/vulnerabilities/xss/csrf/injection/pentest/cve
stolen/stole/skimmed/skimming/cloned/skimmer ..4 card/cards/identity/credentials/password/data/details/login/laptop/phone
card/cards/credentials/identity/data/details/password/passwords/login ..6 skimmed/stolen/cloned/harvested/sold
identity theft
suspicious/unknown/unrecognised/unrecognized/unauthorised/unauthorized/unfamiliar/strange/fraudulent/rogue/foreign ..2 login/logins/log/activity/access/device/devices/ip/session/sessions/sign/user/users/admin/country/location/attempt/attempts/order/orders/transaction/transactions/charge/charges/withdrawal/withdrawals/payment/payments/email/emails/changes !fee
login/logins/log/logged/sign/signed/access/accessed/session ..5 from ..5 never/not/unknown/unrecognised/unrecognized/strange/russia/china/nigeria/country/abroad/foreign
login/logins/log/logged/sign/signed/access/user/users/admin/device/session/order/orders ..8 not/nobody/none/never ..3 recognise/recognize/know/us/me/created/made/did/authorise/authorised/add/added
password/passwords/credentials/card/cards ..5 plain/clear/plaintext/cleartext text? 
plaintext/plain password/passwords/text
fraud/fraudulent/fraudulently/scammed/impersonating/impersonated/impersonation/spoofed/spoofing ..6 @account/card/cards/email/emails/name/transactions/order/orders/customers
@account/card/cards/customers/email/emails ..6 fraud/fraudulent/fraudulently/impersonating/impersonated/spoofed/impersonation
anyone/everyone/everybody/anybody/public/google ..4 can/could/able ..3 see/view/access/read/open/download/find/edit/delete ..5 @private/data/documents
@data/@private/list ..3 publicly/openly/freely visible/accessible/available/exposed/viewable/readable
without ..3 password/login/logging/authentication/signing ..6 see/view/access/open/read/@private
worried/afraid/concerned/suspect/suspects/believe/fear/think ..8 hacked/compromised/breached/breach/leaked/unsafe/insecure/infiltrated !off
";

pub(super) const DATA_LOSS: &str = "
@places/half/all/most/some ..6 have no ..2 history/records/data/notes/bookings/orders/photos any/left
@data ..4 can not be found
@data ..8 can not be found ..2 any/anywhere
ate/eaten/swallowed ..2 my/our/the/all ..3 @data/plan/work/document
hours/days/weeks/months ..3 work ..2 lost/gone/wiped/wasted
@data ..2 missing ..3 after/since/from/following/because
#number weeks/months/days/years of ..3 @data ..3 missing/gone/lost/vanished/disappeared
import/update/sync/upgrade/you/system/migration ..3 replaced/set/reset/changed/turned ..5 @data/prices ..3 with/to/into ..1 0/zero/zeros/zeroes/blank/nothing/blanks/null
replaced/reset all/our/every ..5 with/to 0/zero/nothing/blanks
nothing is left of/in ..4 @data
nothing left of/in ..4 @data
@data ..5 @be/have not/no ..1 longer? there any? more?
@data ..6 no longer ..2 there/exist/exists/anywhere/visible/available
backup/backups ..6 can/could not be read/opened/restored
backup/backups/file/database ..8 corrupt/corrupted/damaged/unreadable
where ..4 @has ..3 @data gone
@data ..8 @be disappear/vanish/delete/lost/erase/corrupt/wipe
#number ..4 @was ..2 wiped/deleted/erased/overwritten/vanished &- message/emails
@data/list/page ..6 @be/come/comes/came ..2 empty/blank &~ undo/trash/recycle/bin/backup/restore/yesterday/whole/saved/save/edited
@data & gone/vanish/vanished/disappear/disappeared/empty/deleted/lost & undo/trash/recycle/backup
job/update/sync/import/script/migration/system/you/restore/bug/tool/integration/someone/colleague/upgrade ..4 overwrote/wiped/erased/overwritten/purged all/our/the/every/half/everything/my &- message/screen/cache
names/amounts/totals/records/entries/fields/values/prices ..2 @be ..2 garbage/gibberish/question/zeros/garbled/nonsense/null/symbols &~ restored/backup/all/import/migration/what/every/export/now
restored/backup ..10 garbage/gibberish/empty/blank
@data ..2 from/of/for/in/on/we/i/that/since/between/you/with/to/attached ..6 @be/@has ..3 gone/disappeared/vanished/lost/deleted/wiped/erased/overwritten/purged/destroyed/corrupt/corrupted/missing/blank !a/an/one/the/some/my/from/item/items/fries/drink/number
@data @be/@has/have ..3 gone/disappeared/vanished/lost/deleted/wiped/erased/overwritten/purged/destroyed/blank/empty/emptied/garbled/scrambled !in
data/records/history/bookings/reservations/contacts/files/photos/reports/settings/transactions/notes/entries/documents/recipes/products/profiles/spreadsheet/customers/invoices/messages/rows/templates/timesheets/menus/backup/backups/database/archive ..2 @be/@has ..3 missing !a/an/one/the/some/my/item/items/field
@data/everything ..2 disappeared/vanished/wiped/erased/overwritten/vanishing/disappearing
@data/everything/that ..8 @has/@was/been/have ..2 disappeared/vanished/wiped/erased/overwritten/deleted/lost
all/everything/half/most/years/months/weeks/hours/entire/whole/thousands/hundreds ..8 @be/@has ..2 gone/disappeared/vanished/wiped/erased/lost/deleted/overwritten !in
everything/all ..6 disappeared/vanished/wiped/erased !from
they/it/them/which/everything @was/got/has/have ..2 wiped/erased/deleted/overwritten/lost &~ @data &- number/luggage/match/game
lost/losing/loses/lose/loosing #number? #number? all/everything/half/most/years/months/weeks/days/hours/the/our/my/every/thousands/hundreds/an/a/some/lots ..6 data/records/bookings/reservations/contacts/files/photos/reports/history/settings/transactions/notes/database/documents/recipes/entries/invoices/customers/menus/orders/work/backup/spreadsheet/entered/typed/configuration/sales/schedules/figures !to/number/numbers/reference/confirmation
lost/losing/loses/wiped/erased/overwrote/overwritten/deleted/destroyed ..3 data/records/database/bookings/reservations !number/reference/confirmation/by
update/upgrade/system/sync/import/migration/you/platform/app/software/someone/colleague/agent/your/it/bug/script/integration/restore/crash/reset ..4 deleted/deletes/deleting/wiped/wipes/wiping/erased/erases/overwrote/overwrites/overwriting/lost/loses/destroyed/removed/purged/trashed ..5 @data/everything/all/half
accidentally/mistake/mistakenly ..3 deleted/wiped/erased/overwrote/removed ..6 @data/everything/all
deleted/wiped/erased/overwrote/removed ..8 accidentally/mistake/mistakenly/accident
@data ..6 @broken
@broken ..4 @data
corrupt/corrupts/corrupted/corrupting/garbled/scrambled/mangled ..3 our/my/the/all/every/half
data/file/files/database/record/records loss/corruption !@paper
loss of ..4 data/records/bookings/files/history/information/database
can/could not ..2 recover/restore/retrieve ..5 @data/back
can/could not ..2 get ..3 back &~ @data &~ gone/lost/wiped/deleted/vanished/disappeared/erased
@data/totals/prices/names/fields/values/half ..8 turned/turns/changed/converted/replaced ..3 zeros/zeroes/zero/garbage/gibberish/symbols/question/nonsense/blank/null/rubbish/blanks
backup/backups ..4 empty/failed/corrupt/gone/missing/unusable
restore/recover/retrieve ..4 lost/deleted/missing/wiped/erased ..3 @data
nothing left of/in ..4 @data/account/database
@data ..3 no longer ..2 there/exist/exists/available/visible
@data/account/everything ..3 reset/back to zero/nothing/blank/empty/scratch
empty/blank !@paper & bookings/records/history/reservations/data/contacts/archive & gone/lost/disappeared/yesterday/overnight/were
datenverlust
perte de donnees
perdida de datos
donnees ..3 perdues/disparu/effacees
daten ..4 verloren/weg/geloscht/verschwunden
datos ..4 perdido/perdidos/borrado/borrados/desaparecido
";

pub(super) const OUTAGE: &str = "
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
all/every/everything/everyone/everybody/both ..7 down/offline/unavailable/unreachable/inaccessible/unresponsive/dead/frozen !@downword/the/on/a &- one/internet/power
it 's/is all? down !to/the/there/by &- internet
we are/'s ..2 all? ..1 completely/totally/fully/all ..1 down/offline/locked/blind
complete/total/major/massive/huge/global/nationwide/national/full/widespread/severe/general/platform/system/service/current/ongoing/another/countrywide/companywide/critical outage/outages/blackout/standstill/downtime/shutdown !@paper
outage/outages !@paper !notification/credit/map/history/next
system/site/company/country/estate/group/platform/chain/nation/org/region wide ..2 outage/failure/issue/problem/downtime/crash
nobody/none/nowhere ..8 can/could/able/manages/@act/works/working/loads ..3 @act/work/works/loads/anything/trade &- manager/tell/explain/help/answer/one
no one ..6 can/could/able/is ..3 @act/log/anything/in !help/me/us
not one/a/single __5 @places/properties/property ..4 can/is/works/working/has/been
none ..5 @places/properties/property/machines/devices ..4 can/is/are/works/work/working/able/online/has
none/no ..2 of ..5 @places ..4 can/could/@be/able/work/working/works/load/online/open/@act
no @places ..5 can/could/able ..3 @act
all/every/each/any/entire/across/everyone/everybody/multiple/both/whole/hundreds/dozens/thousands ..6 can/could/are/is/@be not ..3 @act/able/working/trade/online/anything/logging/ordering/connect !@number
all/every/each/entire/whole ..6 unable to ..3 @act
all/every/each/entire/whole ..4 @places/tills ..3 affected/stopped/frozen/dead/crashed/down/offline/failing/fail/locked
can/could not ..4 @act ..6 at/in/across/on/from/for any/all/every/everywhere/anywhere/everyone ..3 @places/devices/browser
nothing works/working/work/loads/responds/functions ..3 anywhere/everywhere/any/at/all/across/since/for/in
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
can not ..2 select/click/save/submit/open/load/scroll/type/export/upload/print ..6 & greyed/since/error/nothing/update/button/anymore/even/although/keeps/spinner/any
@feature ..4 stops/stop/stopped at/after/before/halfway/midway/when/in/on/halfway &- hours/open
empties/closes/resets/reloads/deletes/changes/restarts/moves/duplicates/unchecks/deselects/minimises/minimizes/cancels itself
misbehaves/misbehaving/misbehaved/misbehave
supposed to ..2 do/look/work/happen/be ..2 that/this/like/way & is/it/not
prints/printing/printed/sends/sending/sent/shows/charges/posts/books ..4 two/2/three/3/four/4/several/multiple/many times
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
error #number/px*/err*/e0*/0x*
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
@feature/it ..5 freezes/froze/frozen/hangs/hung/glitches/glitching/glitched/lags/lagging/laggy/stuck/unresponsive/times/timed/sluggish/crawling !pizza/chips/peas/food/fish
glitch/glitches/glitchy/glitching
a/the/this/another/nasty/critical/serious/reproducible/possible/known/strange/weird/major/annoying/likely/same/confirmed/software/some/report/reporting/found bug/bugs !in/me/bite/bites/spray !so & app/software/system/your/version/report/found/button/screen/when/the/this/we/checkout/page/causes/possible/another/fix/export &- soup/salad/food/bed/room/kitchen/bitten/insect/grandson/son/daughter/child/kids/kid/stomach/ill/sick/flu/caught/tummy/baby/husband/wife/nasty
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
@feature ..3 duplicated/duplicates/duplicating/doubled/doubling/appear/appears/appearing/printed/prints/arrive/arrives/sent/show/shows ..2 twice/duplicated/double/times/duplicates
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
not ..1 working/work/loading/load/functioning/responding/displaying/rendering ..2 properly/correctly/since/any/at/as/again/after/on/in !@number !from !home &- hours/shift/office
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
