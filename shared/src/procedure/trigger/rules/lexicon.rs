//! Classes of words that several patterns share.

/// One class a line.
pub(in super::super) const LEXICON: &str = "
denial: not no never none nobody nothing neither nor without hardly unlikely non instead
harmless: only just doubt longer believe understand care accept acceptable tolerate stand wonder sure stop long least matter enough even stress good urgent
opinion: think believe say saying said mean suggest suggesting expect claim claiming feel want wish aware planning
speaker: i we you they he she
turn: but and because until unless since so then before after however although though while except otherwise if when which who where
no: no none nil nope nothing na zero never negative not
says: say says said saying writes wrote quote states stated told tells threatens threatened yelled shouted typed replied asks asked demands complained complains complaining states msg message mailed emailed mails emails mentioned mention mentions used uses
customer: customer customers client clients guest guests caller user he she they i we owner tenant member
but: but except however still though although yet
be: be is are am was were been being 's get gets got getting
is: is are 's am
was: was were
has: has have had 's
we: we i us me
my: my our the this that all these those any every your
your: your the
number: one two three four five six seven eight nine ten eleven twelve 2 3 4 5 6 7 8 9 10 15 20
month: january february march april may june july august september october november december
fine: fine well good ok okay perfectly great normal normally perfect sorted resolved fixed
with: with at
charged: charged billed invoiced us me amount total totalling totaling refund dispute disputing disputed owe paid debited deducted took taken
will: will would going shall plan planning intend intending ready prepared about considering thinking want wanting threatens threatening threatened threaten
document: article articles page pages policy policies faq faqs training course courses webinar webinars module guide guides guidance chapter checklist newsletter email emails documentation docs manual lecture talk seminar workshop blog book podcast presentation leaflet brochure tutorial video documentary whitepaper paper plan template information info questionnaire form section advice
paper: policy policies procedure procedures training course courses insurance plan plans form forms template templates clause page pages drill drills exercise exercises test tests checklist simulation awareness notification notifications law laws regulations certificate certification questionnaire module article articles prevention protection process report reports webinar guide faq section documentation response window settings
platform: system systems platform website websites webpage app apps application applications portal software server servers service services api backend backoffice dashboard cloud infrastructure pos epos database backend admin network checkout webshop shop webstore tool login sso integration saas
feature: @platform page pages button buttons screen export exports import imports report reports sync calendar menu menus till tills kiosk kiosks terminal terminals printer printers tablet tablets scanner search filter form forms link links payment payments notification notifications email emails feature function functionality module widget upload uploads download downloads editor map plugin update version release tab dropdown popup field fields voucher vouchers code codes booking bookings reservation reservations order orders invoice invoices receipt receipts loyalty dashboard password image images photo photos table webhook webhooks card cards clock kds display tag label toolbar assistant bot chatbot wizard timer sensor reader plugins layout footer banner slider list lists rota sms reminder reminders points balance
data: data database records record bookings reservations orders menu menus contacts customers customer photos files file documents document reports history settings transactions notes invoices backups backup spreadsheet spreadsheets rows entries entry recipes products templates messages emails conversations tickets archive stock inventory schedules rota rotas timesheets profiles profile accounts uploads content figures sales work configuration calendar list lists catalogue catalog guests loyalty points vouchers balances shifts shift appointments patients recipe wines forms layouts logs playlists pictures deals leads campaigns surveys answers responses comments drafts receipts statements
broken: corrupt corrupted corrupting corruption garbled scrambled unreadable mangled
gone: gone disappeared vanished missing lost deleted wiped erased overwritten purged destroyed disappearing vanishing emptied blank zeroed removed
places: site sites venue venues location locations store stores branch branches restaurant restaurants shop shops outlet outlets office offices till tills terminal terminals kiosk kiosks hotel hotels region regions country countries user users staff customer customers client clients people team teams guest guests member members employee employees driver drivers department departments colleague colleagues agents
down: down offline unavailable unreachable inaccessible unresponsive dead
downword: to the a an payment load loads from by with his her my
work: work working works load loading loads open opens opening start starting respond responding connect connecting sync syncing save saving print printing update updating function functioning launch launching display displaying play send sending sends show showing scan scanning submit refresh upload uploading download downloading appear
act: log login order orders take pay use access connect work open book process print trade serve sell sign reach enter get checkout accept place do
other: another other others someone somebody else different wrong stranger strangers peoples
private: name names address addresses data details information info account accounts order orders booking bookings invoice invoices record records email emails phone numbers statement statements receipt receipts card passwords password history reservations profile payslip payslips messages documents reservation contract medical tickets files salaries salary notes conversations chats photos scans passports iban wages appointments inbox
person: someone somebody stranger strangers hacker hackers intruder thief thieves person people anyone anybody they he she scammer scammers fraudster fraudsters attacker attackers criminal criminals employee ex
account: account accounts system systems login logins profile email mailbox server website site database portal wallet admin dashboard network computer page backend data app
lawyer: lawyer lawyers solicitor solicitors attorney attorneys barrister barristers counsel litigator anwalt rechtsanwalt avocat abogado abogados abogada avvocato
regulator: ico ombudsman ombudsmen fca cma ftc bbb regulator regulators dpa cnil finra ofcom ofgem ombudsperson accc asic apra ofsted hse cqc sec ccpc bafin acm uodo iosco fos pca mas
police: police
rights: consumer data privacy employment gdpr competition trading labour labor
court: court courts tribunal arbitration
press: press media newspaper newspapers journalist journalists reporter reporters bbc itv cnn tv television reuters watchdog news tabloid tabloids columnist magazine magazines presse prensa periodista journaliste journalistin journalisten producer presenter
social: twitter facebook instagram tiktok linkedin reddit youtube trustpilot tripadvisor yelp google social x online glassdoor g2 threads bluesky mumsnet forums forum
followers: followers subscribers readers viewers listeners
agreement: contract contracts subscription subscriptions account accounts agreement agreements plan plans licence licences license licenses membership memberships service services partnership relationship retainer policy business renewal abo vertrag contrat contrato
rival: competitor competitors competition rival rivals elsewhere
provider: provider providers supplier suppliers vendor vendors company companies platform platforms solution solutions software system systems tool tools product products alternative alternatives service app
boss: manager managers supervisor supervisors superior superiors boss bosses management director directors ceo coo cto cfo exec execs executive executives leadership teamleader supervisor owner ceos vp vps principal
senior: senior higher above superior authority
venue: kitchen bar floor area store restaurant hotel venue branch shop account password property task file project office event events night pub club site local marketing sales product reservations bookings our my case stage tour
contact: contact contacted contacting call called calling email emailed emailing write writing written wrote ask asked asking explain explained explaining explains report reported reporting raise raised raising message messaged messaging complain complained complaining chase chased chasing follow followed following tell telling told request requested ring rang ringing phoned phoning log logged reach reached say saying said attempt contacting mail mailed speak spoken speaking chatted ping pinged open opened repeat repeating repeated escalated reopen reopened submit submitted send sending sent reply replied remind reminded rung emailled e pestered badgered nagged
attempts: times time attempt attempts email emails call calls message messages ticket tickets chat chats contact contacts reminder reminders follow followup followups request requests try tries complaint complaints mails mail conversation conversations reply replies phone callback callbacks agent agents reopen reopens
answer: answer answered answers answering reply replied replies response responses respond responded resolution solution help fix fixed progress update updates callback action heard hear solved resolved sorted feedback
unit: hours hour hrs hr h day days week weeks month months business working
weekday: monday tuesday wednesday thursday friday saturday sunday weeks months ages
very: absolutely completely utterly totally extremely beyond deeply incredibly so really seriously truly bloody fucking thoroughly profoundly hugely massively genuinely frankly simply just literally
bad: bad terrible awful horrible horrendous dreadful appalling atrocious abysmal shocking disgusting disgraceful pathetic shit shite crap crappy useless rubbish garbage shambolic woeful diabolical lousy deplorable dire outrageous horrific incompetent unprofessional inexcusable unacceptable worst lamentable unprofessional
served: service services support company companies experience experiences team helpdesk product system platform app software customer treatment business provider supplier organisation organization vendor care people staff software response handling
food: food meal soup wine beer weather hangover headache traffic dish coffee pizza film movie hotel room smell taste waiter chef
dispute: dispute disputes disputed disputing contest contested contesting challenge challenging overcharge overcharged overcharging overbilled overcharges chargeback chargebacks misbilled miscalculated overpaid
bill: invoice invoices charge charges bill bills payment payments fee fees debit debits amount transaction transactions sum statement order renewal
wrong: wrong wrongly incorrect incorrectly erroneous erroneously unauthorised unauthorized unexplained unexpected unexpectedly mistaken mistake mistakenly error duplicate duplicated double twice fraudulent unjustified unfair extra unknown bogus inflated
want: want wants wanted need needs needed demand demands demanding require requires request requests requested requesting insist insists insisting expect expects expecting like wish asks asking ask asked
";
