//! What harms the customer: by somebody's ill will, or the loss of records.

pub(super) const SECURITY: &str = "
none/nobody/no ..3 us/here/staff/team/one ..4 wrote/did/made/sent/ordered/seen/set/created/posted/authorised/authorized/requested/know~/recognise~/touched/changed/placed & @account/iban/order~/payment~/refund~/@private/post~/login/user~/change~/rule~/card &- charge~/charged/invoice
customer~/guest~/regular/regulars/client~/diner~/stranger~/visitor~ ..4 got/received/gets/receives/sees/saw ..6 whole/entire/all/other/everyone ..4 list/data/details/@private &- menu
device~/user~/session~/login~/order~/computer~ ..8 i/we do not ..1 own/recognise/recognize/know
@left ..20 his/her/their account/login/card/user/code/pin ..4 approve~/issue~/use~/change~/log~/place~/make/made/is/was/still
whoever/anybody/anyone ..8 can/could ..1 open/see/access/enter/read/download/view ..3 @account/office/@private/everything &- how/make
guess~/crack~/brute~ ..4 password~/pin/pins/code~/login
failed ..1 attempts/logins/sign/login ..4 &~ password~/account/guess~
get~/got/came/land~ ..3 in/into/on/inside ..3 @account/@private/settings/page/area of ..1 a/an/another/some/someone/other
broken/broke/breaking/break into &- dance/song/laugh
work~/open~/accessible/visible/reachable ..4 people/anyone/anybody/others/everyone/somebody outside
@secret ..6 wrong/other/another/someone &~ send~/sent/show~ &- forgot/how/reset
previous/last/earlier/next/preceding/other ..1 person/customer/guest/user/caller/visitor/tenant/owner 's ..3 @private &- how/reset
receive~/got/get~/sent/see/open~ ..3 the/a ..2 @private ..1 list? of a/an/another/some/somebody/someone ..2 #name?
i am not #name
greeted/welcome~ ..2 as
sms/text/email/message/call/mail/letter ..3 supposedly/allegedly/pretending/claiming/purporting
site/page/domain/address/sender/number/link ..2 that/which? is not yours
kept/keep~/retain~/has/have ..2 his/her/their ..1 old? login/access/password/key~/credentials &~ ex/former/left/@left
ex/former ..12 kept/keep~/retain~/has/have/with ..2 his/her/their ..1 old? login/access/password/key~/credentials
@account/user/login/pin/card ..2 was/were/been used ..12 while/when i/we/she/he ..1 was/were/are/'s ..1 away/holiday/asleep/off/out/abroad/home/closed
tablet/laptop/phone/device/ipad/handheld/computer/drive/bag ..10 taken/stolen/snatched/pinched/nicked/robbed/lost ..6 &~ logged/app/data/access/login/admin
found/find/finds ..4 through/on/via/in ..2 google/bing/search
someone/somebody ..2 ..1 set/sets/add~/create~/change~/install~ ..2 up? ..2 a/an/the ..3 rule/forward~/user/admin/key/filter ..20 &~ none/nobody/not/us
saying/claim~/pretend~/said ..6 from ..3 your/you/support/bank/team/microsoft/it & code/password~/login/pin/card/remote/details/anydesk/teamviewer
go/left/sacked/dismissed/fired/longer/deactivated/removed/suspended/off/quit/resigned ..12 still ..6 able/log~/get~/pull/see~/open~/access~/use~/active/download~/has/read~/view~ ..4 & staff/he/she/they/who/system/login/pin/@account/@private/reports &- till/printer/app/error/email
sign/signin/login/logon/session/access/logged/signed ..2 in? from #name &~ none/nobody/never/not/am/night/asleep/hour/abroad/country &- chrome/safari/firefox/browser
recipients/recipient/addresses/customers/guests/everyone 's? ..4 visible/exposed/shown/readable/cc ..4 & email/address~/all/line/phone/names &- how/make/menu
number/id/digit~/end ..4 address/url/link/bar ..8 other/another/someone/somebody/others
@stranger/someone/somebody ..4 spend~/spent/use~/drain~/redeem~/book~/order~ ..4 my/our/his/her/their/the ..3 points/balance/account/card/voucher~/money/name/credit &- please/instead
payout~/payment~/bank/iban/money/salary ..6 redirect~/reroute~/divert~ 
account/card/number/address/device/phone that/which is not ours/mine/us/me
purchase~/transaction~/payment~/charge~/withdrawal~ ..8 abroad/#name & card & your/kiosk/site/terminal/checkout/page ..4 &~ never/not/next/after/day/since/fine &- refund/invoice/receipt
user~/admin~/people/account~/person/login~ ..2 we/i ..2 never ..2 heard/seen/met/created/added/invited
taken over &- lease/business/restaurant/management/company/site/owner
without/before sign~/log~ ..1 in ..4 get/see/download/open/view/access
@access/send~/sent/mail~/email~/forward~/upload~/deliver~ ..3 our/my/the/all ..3 payroll/salary/salaries/payslip~/guest/customer/client/medical/personal/confidential/staff/bank/contract~/member ..3 file/list/data/details/records/names/contract~ ..2 to ..2 another/wrong/other/someone/competitor/different/stranger/third
statement/invoice/report/document/letter/pdf/email/file/page/attachment/export ..12 of a/another/some ..3 @odd/company/restaurant/hotel/surgery/person/customer ..6 & names/patients/statement/numbers/salaries/addresses/bank &- book~/please/want
@secret ..10 source/anybody/anyone/github/repository/public/google/forum/screenshot/repo ..3 & anybody/public/copy/source/visible/github/repository/google/anyone/repo/see/readable &- how/reset/forgot/where/@guide
has/have/with different/another/other/someone/wrong/somebody ..2 @party 's? ..3 @private ..4 on/in/and
someone/somebody/@stranger ..1 else? ..5 @access ..2 in/into/on/onto/to ..4 @account/@private/area/panel/office/profile &- please/reservation
<!get <!for <!need <!want someone/somebody/@stranger ..6 @access ..3 my/our ..4 @account/@private/money/points/balance/name/card/voucher~
@stranger/someone/somebody ..3 has/have/had/gained/got ..2 access
another/other/others/different/strangers/wrong/somebody/someone/else ..1 @party ..3 @private & see~/saw/seeing/receive~/get~/got/show~/shown/open~/send~/sent/appear~/mail~/email~/view~/read~/attach~/load~/display~/download~/hand~/print~/contain~/list~/access~/find/found &- review~/menu/please/how/compare
@private ..3 of/for/belonging ..3 another/other/different/someone/somebody/stranger~/others/complete & see~/saw/seeing/receive~/get~/got/show~/shown/open~/send~/sent/appear~/mail~/email~/view~/read~/attach~/load~/display~/download~/print~/contain~/access~/find/found &- review~/menu/please/our/how
@left ..10 still ..4 log~/access/see/use~/open~/receive~/get~/in/view~/able/can/has/have/active/work~ & staff/employee/manager/colleague/ex/login/account/access/log/person/member/agent/waiter/chef/partner/former/contractor/developer/@secret/@private
still ..4 log~/access~/see/open~/receive~/view~ ..12 @left & staff/employee/manager/colleague/ex/person/member/agent/waiter/chef/partner/former/contractor/developer
@secret ..8 @exposed !transport/holiday &- how/reset/forgot/forgotten/recipe/sauce/menu
@exposed ..6 @secret &- how/reset/forgot/recipe/brownie/sauce/menu
@private/database/list ..4 @be/was/been/got/has ..2 leaked/exposed/public/stolen/published/compromised/phished/hacked/posted/searchable/visible ..4 &- please/menu/review
login/logins/log/logged/sign/signin/signed/session/device ..8 unknown/unfamiliar/never/abroad/foreign/overseas/unrecognised/unrecognized/strange/country &- forgot/how
order~/payment~/refund~/transaction~/transfer~/user~/account~/login~/purchase~/withdrawal~/change~/admin/export~/request~ ..8 nobody/none/not/never ..5 make/made/place/placed/create/created/authorise~/authorize~/recognise~/recognize~/request/requested/order/ordered/did/approve~/added/add &- commission/deduct~/please/charge~/charged/invoice~/cancel~
pretend~/pos~/impersonat~/fake/bogus/spoof~/phish~/scam~ ..8 @secret/login/bank/account/details/card/you/your/support
@account/@private/data ..4 hack~/hijack~/breach~/phish~/compromis~ !off
hack~/hijack~ ..4 @account/@private/our/my/us !off
can/could/able ..4 open/see/read/view/access/edit/download ..3 hr/payroll/medical/personal/confidential/patient/salary/bank/admin/private ..1 files/file/data/records/details/panel/area/documents/information &- forgot/need/how
emails/mails/messages/spam/texts/sms ..4 going/go/sent/goes/being/are ..2 out/sent from our/my ..4 &~ not/never/nobody/weird/strange/spam/without
@person/manager/employee/colleague/waiter/partner ..2 copied/downloaded/exported/stole/took/leaked ..1 the/our/all/my ..3 list/data/database/contacts/customers/clients/recipes/records &- please
@private ..4 ended/landed/turned/went/arrived ..2 up/with/at/in/to another/other/different/wrong/someone/stranger
@private/passport/passports/id/copy ..2 ended up with/at/in ..2 another/other/different/wrong/someone/stranger
passport/passports/id copy/copies/scan/scans ..6 another/other/wrong/someone/public/online/stranger
ex/former employee/colleague/agent/staff/worker ..4 phoned/called/messaged/contacted/texted/emailed/visited ..4 private/personal/home
only have ..4 from your database/system/records
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
hacker/hackers/cyberattack/ransomware/malware/spyware/keylogger/trojan/rootkit/backdoor/phishing/phished/smishing/ddos/exploit/botnet/hackeado/gehackt/hackerangriff/datenleck/datenpanne !themed/quiz/space/news &&- fishing
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
someone/somebody/another/other/others ..2 else 's ..4 @private !please &- jumble~/muddle~/import/shuffle~/merge~
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
@kept ..8 revert~/reset~/back/default~ ..1 to ..3 empty/blank/default/defaults/zero/template/factory
nothing ..10 was/were/got/has/been kept/saved/stored/preserved/left
missing ..2 every/all/half/#several/most/whole/entire ..4 @kept
@kept ..4 merge~/mix~/blend~ ..2 into/with/up ..2 another/other/each
restore~/backup~ ..8 zero/no/nothing/empty ..2 @kept
where ..4 all/our/my ..5 @kept ..2 gone
@kept ..4 @jumble ..1 up? ..8 & import/migration/every/all/update/sync/during/merge/whole
^ gone/vanished/lost/wiped/deleted/disappeared $ &~ @kept
@kept ..8 not ..1 in ..3 any more
@kept ..10 not/never ..1 exist/there/show/existed & years/year/history/all/entire/before/months &- how
@kept ..3 start~/begin~/go~ ..2 in/from/to/back ..3 #number ..8 & history/entire/years/before/rest/everything
@kept ..6 @be/show~/read~/turn~/set/reset/back/replace~ ..4 0/0.00/zero~/nil/null/defaults/default/factory & all/every/each/whole/entire/our/half/everyone/#several &- bill/invoice/how
archive/folder/list/calendar/history/database/inbox/backup/log/diary ..3 and/but it/they 's/is/are/was ..2 empty/blank/gone
all/half/most/many/thousands/hundreds/#several ..4 @kept ..4 @be ..2 @ruin
@jumble ..4 @kept & import/update/sync/all/everyone/migration/whole/customer/merge
one ..2 @party ..8 another ..4 & whole/all/entire/list/through & names/surnames/numbers/addresses/emails
@kept ..6 open~/come~/show~ ..2 as gibberish/garbage/nonsense/symbols/hieroglyphs
old/previous/original ..1 @kept ..3 can not be/recover~
@kept ..6 @be/@has/went/go/gone/come~/came ..3 @lossstate !in/a/an/one/the/some/my/from/item/items
@kept ..8 @vanish &- icon~/button~/logo/tab
@kept ..5 nowhere ..2 to ..2 find/found/seen
@kept ..5 not ..1 there any? more
@kept ..4 can/could not ..1 be ..2 recovered/restored/retrieved/opened/found
@kept ..5 @be/show~/turn~/read~/say~/become~/became/replace~/set/reset ..3 zero~/0/gibberish/garbage/nonsense/null/hieroglyphs/symbols/nil & all/every/each/whole/entire/years/months/weeks/half/everything/most/#several
@kept ..4 @be/came/come~ ..2 empty/blank & all/every/each/whole/entire/years/months/weeks/half/everything/most/history/last/#several/since/after
@ourside ..3 @ruin ..6 @kept/everything/all
we/i/have/has/@places ..2 lost/lose ..6 @kept/everything & all/every/each/whole/entire/years/year/months/month/weeks/week/half/everything/most/history/since/after/#several/records/data
@ruin ..2 all/every/entire/whole/half/years/months/weeks/#several/everything ..5 @kept &- please/want/how/parcel/luggage/delivery/chef/intended/dishes
all/every/entire/whole/half/years/months/weeks/#several/most ..4 @kept ..6 @lossstate !in/the/connection/contact/touch/power/signal
@lossstate & all/every/entire/whole/half/years/months/weeks/year/month/most & @kept & after/since/overnight/following/when/yesterday/morning/update/sync/import/migration &- please/phone/wallet/bag/parcel/delivery/item/meal
where ..4 @has/did/is/are ..5 @kept ..3 gone/go/vanished/disappeared
#number/all/half/most/our/the ..2 @data lost ..2 their/its/all
@data folder/folders/list/archive/tab/table/page ..3 is/are/was suddenly/now/completely/all? empty
suddenly/now/completely empty & @data
@places/half/all/most/some ..6 have no ..2 history/records/data/notes/bookings/orders/photos any/left
@data ..4 can not be found
@data ..8 can not be found ..2 any/anywhere
ate/eaten/swallowed ..2 my/our/the/all ..3 @data/plan/document/work
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
lost/losing/loses/lose/loosing #number? #number? all/everything/half/most/years/months/weeks/days/hours/the/our/my/every/thousands/hundreds/an/a/some/lots ..6 data/records/bookings/reservations/contacts/files/photos/reports/history/settings/transactions/notes/database/documents/recipes/entries/invoices/customers/menus/orders/backup/spreadsheet/entered/typed/configuration/sales/schedules/figures/work !to/number/numbers/reference/confirmation
lost/losing/loses/wiped/erased/overwrote/overwritten/deleted/destroyed ..3 data/records/database/bookings/reservations !number/reference/confirmation/by
update/upgrade/system/sync/import/migration/you/platform/app/software/someone/colleague/agent/your/it/bug/script/integration/restore/crash/reset ..4 deleted/deletes/deleting/wiped/wipes/wiping/erased/erases/overwrote/overwrites/overwriting/lost/loses/destroyed/removed/purged/trashed ..5 @data/everything/all/half
accidentally/mistake/mistakenly ..3 deleted/wiped/erased/overwrote/removed ..6 @data/everything/all &- i
deleted/wiped/erased/overwrote/removed ..8 accidentally/mistake/mistakenly/accident &- i
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
