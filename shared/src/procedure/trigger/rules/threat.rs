//! What a customer threatens with or feels.

pub(super) const LEGAL: &str = "
formal ..1 legal notice
consider/take/treat ..2 this ..3 notice &~ legal/proceedings/formal/court/claim
mention/mentioned/mentions/mentioning/talks/talking/threatening/threatened ..6 solicitor/solicitors/lawyer/lawyers/court/legal/sue/suing/ombudsman/trading &- table/friend/booked
take/taking ..2 to ..1 small claims
served ..2 with ..2 court/papers/summons/notice &- food/dinner/wine
losses/damages & liable/barrister/solicitor/lawyer/court
asked/ask/asking/requested/contacted/approached ..3 ombudsman/regulator/ico/@regulator
ombudsman/regulator/ico ..3 to ..1 look/investigate/review/rule/intervene
through/via the courts
reserve/reserving ..4 rights/right ..2 & legal/all/our/right/rights/fully
legal/full extent
report/reporting/reported ..2 you/this/your/company/them ..2 to ..1 the #name !manager &- manager/ceo/head/management
@rights law/laws/act & breaking/break/broke/broken/violate/violating/against/under/breach/comply
break/breaking/broke/breaks ..3 law/laws
advocate/union/attorney/advocates ..3 will/is/are/has ..3 file/court/take/taking/sue/claim/action/write/contact/complaint
consumer/labour/labor/civil/commercial/employment/district court/tribunal/courts !street/road/hotel/building
receive/received/sent/sending/serve/serving/served/send/get ..4 legal notice/letter
bring/bringing/brought/issue/issuing/issued/file/filing/filed/commence/commencing/start/starting/initiate/initiating/launch ..4 claim/proceedings/lawsuit/case/suit/action !form & court/legal/lawyer/lawyers/solicitor/against/you/your/proceedings/tribunal
under/article/art ..2 #number ..3 gdpr/dsgvo/rgpd
article #number gdpr
gdpr/dsgvo/rgpd article #number
@lawyer/lawyers ..2 will/has/have/is/are/advised/advises/says/said/contact/contacting/write/writing/wrote/letter/involved/instructed/involved/contacted/looking/reviewing/preparing/told/would ..4 you/your/in/letter/this/touch/involved/us/claim/papers/action/proceedings/instructed/case/contact/matter/looking/me/damages !table &- booked/book/table/dinner/birthday/guest
hear/heard/hearing ..2 from my/our/the/a ..2 @lawyer/legal
through/via/to/with/by/engage/engaged/engaging/instruct/instructed/instructing/hire/hired/hiring/retain/retained/retaining/appoint/appointed/consult/consulted/consulting/seek/seeking/sought/contact/contacting/contacted/calling/involve/involving/involved/speak/speaking/spoken/spoke/talk/talking/inform/informed/forwarded/forward/forwarding/pass/passed/passing/see/seeing/get/getting/got/bring/bringing/lawyered/copying/copied/cc/cced/ask/asking ..3 my/our/a/the/their/his/her ..1 lawyer/lawyers/solicitor/solicitors/attorney/attorneys/barrister/counsel/abogado/anwalt/avocat !table &- booked/table/dinner/lunch/login/user/account/access/meeting
@lawyer/legal team/department/counsel/representative/representatives/advisor/adviser/advisors/advisers ..3 will/involved/instructed/contact/reviewing/contacting/looking/writing/preparing/informed/notified/advised ..6 
involve/involving/involved/passed/passing/escalate/escalating/escalated/forward/forwarded/forwarding/hand/handed/handing/going/go/refer/referred/copying ..4 to/with/our/my/in/the legal !@paper !name &- update/invoice
letter/letters/mail/email/call ..1 from ..2 @lawyer/legal
lawyer/solicitor/attorney 's/s/is letter
legal action/actions/proceedings/proceeding/steps/claim/claims/recourse/route/routes/dispute/consequences/liability/case/threat/threats/remedies/remedy/challenge/complaint/matter/implications/ramifications/battle/redress/obligation/obligations/letter/papers/rights/options/avenue/avenues/breach/risk/means/issue/pressure/demand/fight !@paper
threat/threaten/threatens/threatening/threatened/threats ..4 legal/sue/lawyer/lawyers/solicitor/court/lawsuit/litigation/suing
take/taking/taken/seek/seeking/sought/pursue/pursuing/get/getting/go/going/considering/make/making/turn ..3 legal !@paper !name/age/department
@will/to/can/could/should/must/might/may/ll/is/are/considering ..2 sue/suing !from/at/in/is/and/who/smith/jones/about
sue you/your/them/the/for/over/us !from
suing you/your/the/them/over
suing for !peace
we/you/company/be ..1 sued
lawsuit/lawsuits/litigation/litigate/litigating/subpoena/affidavit/injunction/prosecute/prosecuted/prosecution !@paper
class action !figure/figures/film/hero/shot
see/meet ..2 you ..2 in ..2 @court !tennis
take/taking/took/bring/bringing/drag/dragging ..5 to ..3 court/tribunal/arbitration
small claims
small claim court/track
court/tribunal ..1 order/summons/papers/proceedings/action/claim/case/hearing/date/judgment/judgement/letter/bailiff/bailiffs &- tennis/food/squash/padel/basketball/shoes/shoe
to/in/at/through ..1 court !yard/side/building/house/shoes/shoe/hotel/number/1/2/3/room/house/fees/shoes/street/road/lane/booking/and/for &- tennis/food/squash/padel/basketball/badminton/book/booked/booking
county/high/supreme/crown/federal/civil court !street/road/hotel/venue/restaurant/building/shoes
letter before action/claim/proceedings
cease and desist
notice of ..1 dispute/claim/default/intent
intent/intention to sue/litigate/claim/proceed
statutory/contractual ..1 rights/right/demand/obligation/obligations/claim/breach/damages
claim/claiming/seek/seeking/sue/demand/demanding/pay/liable/for ..3 damages/compensation ..3 through/court/courts/legally/for !deposit & courts/ court/legal/legally/damages/liable/breach/law
liable/liability for/under
hold/holding/held ..4 liable/responsible ..2 legally/in/for &~ legally/liable/damages/losses/court/law
in breach
breach/breached/breaches/breaching/violate/violated/violates/violating/violation/violations/infringe/infringes/infringement/infringing/contravene/contravenes/contravention/noncompliance ..3 contract/agreement/gdpr/law/laws/regulation/regulations/act/terms/hipaa/pci/ccpa/copyright/trademark/sla/consumer/legislation/dsgvo/rights !@paper
gdpr/hipaa/ccpa/dsgvo/copyright/trademark/pci breach/breaches/violation/violations/complaint/complaints/fine/fines/infringement/infringements/request/offence/non !@paper
complaint/complain/complaining/complained/report/reported/reporting/claim ..3 under ..3 gdpr/law/act/regulations/dsgvo/legislation
illegal/illegally/unlawful/unlawfully/criminal !@paper !food/substance/move/character & you/your/this/that/is/charge/charging
against the law
@regulator ..3 complaint/complaints/complain/investigation/investigate/investigating/inquiry/enquiry/case/involved/informed/notified/contacted/requires/demands/fine/fined/asked/asking/opened/audit/will/letter !@paper
complain/complained/complaining/complaint/complaints/report/reported/reporting/reports/contact/contacted/contacting/write/written/writing/wrote/go/going/gone/refer/referred/referring/inform/informed/informing/notify/notified/notifying/escalate/escalated/escalating/take/taking/taken/file/filed/filing/raise/raised/raising/lodge/lodged/lodging/letter/submitted/submitting/submit/involve/involved/tell/telling/copy/hear/hearing/forward/call/calling/called/sent/send/sending ..8 @regulator
complain/complained/complaining/complaint/complaints/report/reported/reporting/contact/contacted/contacting/write/written/writing/go/going/refer/referred/inform/notify/notified/escalate/escalated/take/taking/file/filed/filing/raise/lodge/lodged/call/calling/involve/send/sending/sent ..6 trading/consumer/data/financial/citizens/attorney/advertising/labour/information/competition/better/environmental/health/licensing/tax/fire standards/protection/authority/commissioner/ombudsman/general/advice/rights/regulator/inspectorate/conduct/commission/business/health/office/inspector
trading standards & will/complaint/report/contact/involved/informed/complain/inform
information commissioner
consumer rights/protection act/agency/authority/law/office/association
consumer credit act
section 75
data protection authority/commissioner/commission/agency/act/complaint/violation !@paper
regulatory action/complaint/breach/investigation/fine/issue/inquiry/violation
subject access request
dsar/sar request?
right to erasure/be/access & gdpr/request/demand/under/article
formal notice
go/going/report/reported/reporting/call/calling/called/contact/contacted/contacting/inform/informed/informing/involve/involved/involving/tell/complaint/complain/gone/filed/notify/notified/file ..6 police !station/officer/discount
police report/investigation/complaint/case/matter/involved/reference/crime !@paper
police ..3 involved/informed/contacted/called/contact/investigating
crime reference/number
criminal/civil/disciplinary complaint/charges/charge/offence/proceedings/case/action/suit/claim
legally ..2 entitled/obliged/required/binding/responsible/liable/bound/obligated & you/your
action fraud
our/my/the legal ..1 @is ..2 involved/reviewing/looking/preparing/considering
legal has/is/will/are/have ..1 been? contacted/asked/asking/involved/reviewing/preparing/advised/looking/contact/contacting/take/be
anwalt/rechtsanwalt/klage/verklagen/avocat/tribunal/abogado/abogados/abogada/demandare/demandar/denuncia/denunciar/rechtliche/rechtlichen/juristische/juridique/juridiques/anzeige/gericht/plainte !tisch
";

pub(super) const MEDIA_PR: &str = "
tv/television/film/news/camera crew/crews/team/van ..4 turned/came/coming/arrived/outside/waiting/at/here/door
write/writing a ..2 column/article/piece/story/exposé ..3 for/about & you/your/in
all over facebook/twitter/instagram/tiktok/linkedin/reddit/youtube/social/media/news/internet/press/papers/web
evening standard/news/post
headline/headlines ..4 &~ you/your/tomorrow/paper/will &- font/menu/size
retweet/retweets/retweeted
my/our/this tweet/post/video/thread/reel/tiktok/review ..3 about ..2 you/your/this/how &- lovely/nice/great/love
my/our/this tweet/post/video/thread/reel/tiktok ..6 views/shares/likes/retweets/comments &- love/great/how/schedule/report
story/case/experience/interview ..6 on/in ..1 the ..1 radio/tv/news/television/paper/newspaper/papers/press/front &- great/heard/saw/read
to/on/in the ..1 evening/ten/local/national/six/morning news
the/local/national/daily/guardian papers &~ you/this/story/how/tell/your &- renewal/contract/legal/court/sign/signed/signing/chef/deserves/great/lovely/congrats/congratulations/saw/read/dinner
local/national/regional paper/radio/station/tv &- great/lovely/congrats/congratulations/nice/saw/read/deserves/write/advert/ad
the guardian/telegraph/times/sun/mirror/independent/economist/bild/spiegel/monde &~ story/article/journalist/reporter/publish/contact/wrote/writing/write/tell/told/interested/call/email
crew/camera/cameras ..6 film/filming & coming/come/tv/news/outside/tomorrow/crew
asking/asked/asks/wants/want/request/requests/requested/requesting ..3 for ..3 comment/statement/interview & producer/@press/channel/programme/program/show/story/article
producer/presenter/researcher ..4 channel/bbc/itv/tv/radio/programme/show
hold/holding/call/calling ..2 press conference
new york times
daily mail/mirror/express/telegraph/star/record
washington post
@press ..6 article/story/piece/prepares/preparing/publish/publishes/report/reports/investigates & you/your/us/company/about/how &- read/saw/nice/great/congratulations/menu
go/going/gone/went/take/taking/taken/talk/talking/spoke/spoken/speak/speaking/tell/telling/told/contact/contacting/contacted/call/calling/called/write/writing/wrote/written/inform/informing/informed/email/emailing/emailed/sell/selling/send/sending/sent/leak/leaking/alert/alerting/approach/approached/complain/report/reach/reaching/share/sharing/tip/forward/bring ..6 to/the/a/local/national/my/our/with/at/some/in/every ..3 @press !button/room/release/conference/login/account/card/agency/reader/player/file/page/app/club/reading/jam &- advert/ad/campaign/great/congratulations/congrats/booked/table/deserves/lovely
@press ..3 contacted/contact/contacting/interested/asking/asked/calling/called/covering/cover/picked/picking/reporting/reported/wants/want/running/publishing/published/writing/wrote/inquiry/enquiry/enquiries/inquiries/story/coverage/attention/investigating/involved/deadline/exposure/comment/scandal/storm &- advert/campaign/table/booked/great/congratulations/deal/mailbox
journalist/reporter/columnist/journalists/reporters & story/article & you/your/us
journalist/reporter/columnist/journalistin ..6 story/article/comment/statement/writing/write/interview/quote/interested/asking/investigating/contacted/contact/friend/knows/know &- booked/table/dog
i/we am/are ..3 journalist/reporter/columnist/blogger/influencer/youtuber/editor/vlogger/critic !looking &- table/discount/looking/booking/collaboration/collaborate
negative/bad/adverse press/publicity/coverage/media/pr
bad/poor/terrible/horrible/awful pr !team
pr disaster/nightmare/crisis/issue/problem/risk/damage/concern/agency
public relations ..2 disaster/nightmare/crisis/issue/problem/risk
reputation/reputational ..2 damage/risk/harm/damaged/ruined/crisis/suffer/suffers
damage/damaging/harm/hurt/ruin/destroy/ruining ..2 your ..1 reputation/brand/image/name
go/going/goes/gone/went/make/making/made/turn/turning ..5 viral/public !holiday/transport/toilet &- adore/love/loved/great/praise/proud/congratulations
viral !infection/illness/bug/video &~ post/video/tweet/tiktok/this/story/twitter/complaint
trending &- menu/dish/report/products
hashtag !field & your/boycott/never/avoid
boycott/boycotting
name/naming ..2 shame/shaming
expose/exposing you/your/this/the/them/how &- api/port/endpoint/field/webhook
post/posting/posted/posts/share/sharing/shared/tweet/tweeting/tweeted/publish/publishing/published/put/putting/upload/uploading/complain/complaining/blast/blasting/tell/telling/warn/warning/rant/ranting/document/documenting/write/writing/leave/leaving/splash/plaster/take/taking/air/airing/out/call/calling/film/filming ..8 on/to/all/across/over/everywhere/via/my/about/using/in ..3 @social/@followers/online/everywhere/socials/media/blog/network/internet !login/account/page/integration/button/review/reviews/form &- tag/great/lovely/nice/happy/love/loved/photo/photos/automatically/feed/picture/pictures/integration/marketing/campaign/scheduled/menu/ordering
social media ..3 storm/backlash/outrage/complaint/complaints/campaign/shitstorm/attention/exposure/post/posts/rant & your/you/about/complaint/backlash/outrage/storm/shitstorm/complaints &- marketing/integration/schedule
on/across/all/over social ..1 media & will/going/post/tell/share/everyone/rant/complain &- integration/marketing/schedule/love/great
my/our ..2 @followers & you/this/tell/about/know/story/warn/will/see/share &- love/loved/great/happy/newsletter
#number ..1 @followers !discount & you/blog/channel/story/tell/this/review/account/will/instagram/tiktok/youtube/twitter/warn/know
200k/100k/50k/10k/20k/30k/40k/60k/80k/500k/150k/300k/250k/15k/25k/1m/2m @followers
thousands/hundreds/millions of @followers & tell/will/know/this/about/story/see
blog/blogger/influencer/vlog/vlogger/youtuber ..10 story/expose/post/warn/about/tell/write/review & this/you/your &- table/discount/booked/collaboration/partnership/love/helpful/read/enjoyed/liked
@will/i/we ..2 leave/leaving/write/writing/post/posting/give/giving ..3 bad/negative/terrible/awful/scathing/damning/honest/public/one/1/star/horrible/nasty/zero ..3 review/reviews/star/stars/feedback !form
leave/leaving/write/writing/post/posting/posted ..3 review/reviews ..3 everywhere/everyone/trustpilot/google/tripadvisor/yelp/online/g2/all & will/going/bad/negative/terrible/warn/1/one/star/everywhere/public
one/1/zero star reviews/review & will/going/post/leave/everywhere/threatening/threatens/trustpilot/google
watchdog & bbc/tv/contact/write/call/programme/rogue/consumer/email/emailed
make/making headlines/news
front page !of/design & news/newspaper/story/paper/tomorrow/will
whole/everyone/world/everybody/public ..3 will ..1 know/hear/see/find & you/your/treat/how/this !where/when
let/letting ..2 everyone/world/public/everybody ..2 know/hear & how/you/what/about &- please/staff
in ..3 newspaper/newspapers/papers/news/press/media/headlines ..2 tomorrow/tonight/already/soon/about/if/because/with/next & you/your/this/story/it
an die presse
zur presse
an die offentlichkeit
aux medias/journaux
la presse/prensa
a la prensa/television
los medios
";

pub(super) const SEVERE_DISSATISFACTION: &str = "
can not ..1 put ..2 into words &~ angry/furious/upset/disappointed/disgusted/appalled
had it with you/this/your/all
ruined/destroyed/wrecked ..2 my/our ..2 wedding/birthday/day/evening/holiday/business/anniversary/honeymoon/christmas/party/event/life/weekend/launch/reputation &- rain/weather
nobody/no ..2 sorry/apologised/apologized/apology & ruined/even/never/angry/disgusted
what a ..1 disgrace/joke/shambles/farce/mess/disaster/nightmare &- fun/good
never ..2 been/experienced/seen/had/encountered/felt/met/dealt ..3 so/such/as/anything/more/worse/this ..1 ..3 badly/bad/rude/angry/poor/insulted/terrible/disrespected/poorly/incompetent/awful/disrespectful/humiliated/service/support/treatment/company/incompetence/arrogance &- happy/good/great/film/weather/meal
treated ..2 so/this/very/extremely ..1 badly/poorly/rudely/disgracefully
words ..4 how angry/furious/upset/disappointed
how angry/furious/livid/disgusted i/we am/are
bunch of ..1 amateurs/idiots/clowns/cowboys/liars/crooks/thieves/fools/jokers/muppets
utter/absolute/complete/total/pure/unmitigated garbage/rubbish/disgrace/shambles/joke/crap/disaster/nonsense/farce/chaos/trash/catastrophe/incompetence/contempt/nightmare/fiasco
regret ever/signing/choosing/buying ..4 & you/your/with/signing/horrible
amateurs/amateurish/imbeciles/muppets/charlatans
beyond the pale
worst company/service/support/experience/decision
worst !part/thing/case/bit ..3 @served/ever
^ worst $
so called service/support/company/customer/experts/help
most ..4 infuriating/degrading/miserable/humiliating/frustrating/horrible/awful/terrible/dreadful/disgusting/incompetent/unprofessional/painful/useless/stressful/appalling/disappointing ..6 experience/service/company/life/ever/support/team/seen/had/dealt &- movie/film/meal/wedding
miserable/degrading/humiliating/humiliated/degraded ..4 experience/service/treatment/by
the/your worst !case/part/thing/scenario/of/bit & service/support/company/experience/ever/product/you/customer
disgust/disgusted/disgusts &- myself/brownies/food/smell/taste/toilet/dish/weather
disgusting/disgraceful/disgrace/appalling/appalled/abysmal/atrocious/shambles/shambolic/deplorable/despicable/scandalous/scandal/outrageous/outraged/inexcusable/unforgivable/intolerable/farcical/diabolical/laughable/contemptible/horrendous/horrific/horrified/insulting/insulted/ludicrous &- food/smell/smells/taste/tasted/toilet/dish/weather/traffic/hangover/price/soup/boss/landlord/coffee/costume/tiktok/@press
pathetic/unacceptable/ridiculous/shameful/unbelievable/unprofessional/incompetent/incompetence/useless/joke/circus/nightmare/farce/shocking/shocked/absurd ..1 & you/your/service/support/this/team/company/is/@served &- need/just/food/weather/traffic/funny/told/price/coffee/button/good/great/pleasantly/value/screenshot/hat/costume/jokes/gif
absolutely/completely/totally/utterly/beyond/simply/just/wholly/truly/so/really ..1 ridiculous/unacceptable/pathetic/useless/joke/furious/livid/fuming/shocking/shocked/terrible/awful/horrible/dreadful/appalled/incompetent/fed/disgusted/outraged/raging/mad/angry/enraged/horrified/sick &- food/weather/funny/traffic/hangover/cold/flu/boss/landlord/food/dish/about
furious/livid/fuming/seething/enraged/irate/incensed/infuriated/infuriating/apoplectic/raging/wutend &- boss/wife/husband/landlord/mother/dad/bull/storm/party/weather/my
fed up
sick ..2 tired of/with
sick of ..3 you/your/this/it/waiting/being/these/excuses/having/the
sick to death
had ..2 enough
@is/are/am/'s done with you/this/your/it/them/the & you/your/service/company/this/disgusted/worst &- integration/setup/course/order/food/dinner/meal/menu
never ever? again ..4 with/use/order/using/buy/deal/recommend/do
will/would never ..1 ..2 use/order/buy/recommend/deal/do/trust/come/touch/return ..4 you/your/with/again/from/anyone/company/here/this
avoid ..4 at all costs
stay away from ..2 you/your/this/them/company
waste of ..1 time/money/space
wasted ..3 hours/days/weeks/months/money/time & you/your/service/support/disgusted/ridiculous/joke
rip off
ripoff/scam/scammers/crooks/thieves/cowboys/conmen/robbery/swindle/swindlers/liars/idiots/morons/clowns/bullshit/bollocks/bastards/arseholes/assholes/fuck/fucking/fucked/wtf/scheisse/shitshow/shit/crap/wankers/twats/arse &- email/phishing/received/detect/caller/fraud/someone/parking
@very/are/is ..1 @bad ..2 service/support/experience/company/treatment/response/team/product/handling/care/app/software/system
@bad ..2 customer? service/support/experience/treatment/care/communication/attitude/handling/response/company !case/from/at/of &- last/previous/other/competitor
service/support/experience/treatment/handling/communication/response/team/product/company ..5 @is/@was/'s/has/@be ..3 @bad/joke/disgrace/nightmare/shambles/disgusting/beyond !news/weather/luck/about
extremely/deeply/utterly/bitterly/beyond/incredibly/completely/absolutely/totally/thoroughly/profoundly/seriously/massively/hugely/terribly/immensely/highly/severely/exceptionally/unbelievably disappointed/unhappy/upset/frustrated/dissatisfied/annoyed/disappointing/frustrating/angry/displeased/irritated/dissatisfying/unsatisfied
disappointed/unhappy/upset/frustrated/angry/annoyed/dissatisfied ..1 beyond words/belief
beyond a joke
beyond angry/disappointed/frustrated/belief/words/furious/unacceptable
lost all/any/every/complete ..2 faith/trust/confidence/patience
lost faith/trust/confidence/patience in/with ..1 you/your/this/the
losing patience/faith/confidence
no faith/trust/confidence/respect ..2 left
at ..2 wit/wits 's? end
end of my/our tether/patience/rope
my/our patience ..3 out/end/gone/over/limit/exhausted/thin
patience ..2 run/running/worn/wearing ..1 out/thin
last straw
final straw
how dare you
shame on you
should be ashamed
ashamed of yourselves
hate/hates/loathe/despise/detest your/you/this/dealing ..1 company/service/app/product/system/software/support/guys/people/platform/with
makes ..1 my blood boil
blood ..2 boiling
treated ..3 like/as dirt/rubbish/idiot/idiots/shit/garbage/criminal/criminals/trash/fool/fools/crap/nothing/second
fobbed off
slap in the face
kick in the teeth
screw you
go to hell
zero stars/star
formal complaint !under &- gdpr/ico/form/how
hopping mad
demand/want ..2 apology
not good enough
simply/just/is/totally/completely/absolutely not acceptable
extremely/very/seriously/incredibly/highly/severely/furious angry/irate/aggressive/abusive/upset customer/caller/client/guest/owner
@customer ..1 @is/was ..2 extremely/very/absolutely/really/so/beyond/screaming/shouting/yelling/swearing/in/crying/abusive/irate/raging ..1 angry/irate/upset/furious/livid/unhappy/tears/abusive/aggressive/at/annoyed/on/fuming/distressed
screaming/shouted/yelled/swearing/screamed/swore/shouting/yelling at me/us/agent/staff/you/phone & customer/client/caller/he/she/they/guest/owner
unacceptable $
inaceptable/inacceptable/inakzeptabel/scandaleux/unverschamtheit/katastrophe/verguenza
";

pub(super) const CHURN_RISK: &str = "
find/finding/found/source/sourcing/look/looking/search/searching/need ..3 replacement/replacements ..2 for ..1 your/you/the/this/@platform &- part/cable/charger/battery/printer/tablet/card/receipt
one more ..6 and ..2 we/i ..3 gone/leaving/out/off/done/cancel/cancelling/leave
dump/dumping/ditch/ditching/drop/dropping/sack/sacking/fire/firing ..1 you/your
go/going/went ..1 with ..2 @rival
go/going/went with ..2 competitor/competition/someone/somebody/another ..1 else/provider/supplier/vendor/company
want out ..2 of ..2 contract/agreement/deal
offer/offers/quote/proposal/deal ..2 from ..2 @rival
tempted ..2 to? ..2 switch/leave/go/move/cancel/change/accept
walk/walking/walks/walked away ..4 at/from/if/unless/in/before ..2 renewal/you/your/contract/q1/q2/q3/q4/deal/us/month/unless
@customer ..3 hinting/hints/hinted/threatening/mentioned/mentions/signals/signalled/implied/implying ..6 leave/leaving/walk/cancel/cancelling/switch/switching/churn/elsewhere/@rival/renew &- booking/table
replace/replacing/replaced your/you/@platform ..4 with/next/by/this &- printer/tablet/cable/battery/receipt/paper
somewhere else & take/taking/move/moving/business/restaurants/venues/custom/go & we/will/our/i &- table/photo/button/meeting/eat
shortlist/shortlisted/shortlisting/evaluating/trialling/piloting/demoing/tender/tendering/rfp ..3 alternatives/alternative/competitors/competitor/vendors/providers/replacement/replacements/suppliers/others
rip/ripping/rips/throw/throwing/kick/kicking/take/replace/replacing/replaces us/you/your ..1 ..2 out/with/by/system/platform/software &- table/menu/take
think/thinking/look/looking ..2 about/at/for ..2 alternatives/competitors
cancel/cancels/cancelling/canceling/terminate/terminates/terminating/ending/end/quit/quitting/drop/dropping/exit/exiting/discontinue/discontinuing/withdraw/stop/stopping/scrap/pull/ditch/ditching/annul/rescind/resign/kundigen/resilier/cancelar/rescindir ..5 @agreement !@paper !number &- duplicate/newsletter/newsletters/trial/booking/reservation/magazine/netflix/gym/unsubscribe/spotify/mailing/old/update/upgrade/upgrading/upgraded/gateway/charge/fee/merge/button/note/event/table/order/dinner/meeting/bank/message/review/feedback/tip/job/appointment/test/demo/temporary/sandbox/vertraglich
cancelled/canceled/terminated ..4 contract/subscription/agreement/licence/license/membership !@paper &- duplicate/newsletter/trial/booking/old/last/charged/still/refund/why
cancellation/termination of ..4 @agreement !@paper
contract/subscription/service/account cancellation/cancellations/termination !@paper !fee/fees &- how/what/policy
notice of ..2 termination/cancellation/non
termination/cancellation notice
give/giving/gave/given/serve/serving/submit/submitting/hand/handing ..4 notice !of &~ contract/cancel/leave/leaving/terminate/termination/subscription/days/month/months/agreement/period/you
early termination
break/breaking/get/getting/out ..3 out? of? ..1 our/my/the/this/your contract &- room/down/into
way out of ..3 contract/agreement/subscription
kundigen/kundigung/resilier/resiliation &- buchung/tisch/reservation
not ..3 renew/renewing/extend/extending/continue/continuing/prolong/stay/staying ..4 contract/subscription/agreement/licence/license/with/you/plan/membership/service/next/year/us/your/this/it/renewal/as/relationship/partnership/when/unless/at/after/if !deadline
not ..2 renewing/renew $
non renewal
renewal ..4 risk/doubt/jeopardy/question/unlikely/reconsider/reconsidering/off
without ..2 renewing
reconsider/reconsidering/rethink/rethinking/reassess/reassessing/review/reviewing/reevaluate/reevaluating/question/questioning ..2 our/my/the/this ..2 contract/subscription/relationship/partnership/renewal/agreement/business/options/commitment/future/arrangement & with/you/your/if/unless/this/because/renewal/our &- send/attached/copy/document/terms/legal/team/signed
switch/switching/switched/move/moving/moved/migrate/migrating/go/going/jump/defect/transfer/transferring/change/changing/convert/take/taking/shift/shifting ..6 to/with/over/platform/supplier/vendor ..2 @rival
switch/switching/switched/move/moving/migrate/migrating/go/going/jump/transfer/transferring/change/changing/shift/shifting/swap/swapping ..5 another/different/new/alternative/other/better/cheaper/someone/somebody/supplier/suppliers/provider/providers/vendor/vendors/platforms ..2 @provider/else/providers &- account/plan/office/venue/payment/printer/card/bank/phone/internet/tier/calendar/tab/page/screen/browser/user/reports/tables/demo
switch/switching/change/changing provider/providers/supplier/suppliers/vendor/vendors/platform/platforms !settings
switch/switching/move/moving/migrate/migrating/going/go/moved/switched ..3 to toast/square/lightspeed/zendesk/salesforce/opentable/resy/sevenrooms/shopify/clover/touchbistro/revel/freshdesk/intercom/sumup/zettle
move/moving/take/taking/migrate/migrating ..3 @my ..4 business/venues/sites/custom/account/accounts/money/everything/restaurants/locations/data/stores ..3 elsewhere/away/somewhere/@rival
take/taking/took ..2 @my ..1 business/custom/money elsewhere/away/somewhere/to
business elsewhere
look/looking/shop/shopping/search/searching/consider/considering/evaluate/evaluating/explore/exploring/review/reviewing/talk/talking/compare/comparing/assess/assessing/source/sourcing/trial/trialling/seek/seeking/speak/speaking/contact/contacting/investigating/meet/meeting ..5 @rival/alternatives/alternative/vendors/suppliers/providers/else &- something/anything/someone/somebody/here/anyone/option/time/slot/date/dates/payment/route/milk/ingredients/ingredient/wine/food/dish/dishes/color/colour/menu/parking/what/who/anybody/everyone/nobody/table
looking/shopping around/elsewhere &- site/page/menu/venue/app/documentation/settings/town
@will/are/am/is ..3 leave/leaving/leaves ..1 you/your/for/us !@feature !message/feedback/review/a/at/tip/office/early &- venue/hotel/pub/restaurant/party/lock/office/building/job/table/meeting/school/airport/hotel/town/holiday/note/voicemail/restaurant/work/home/voicemail/city/bag/coat
we/i are/am leaving $
leaving you/your !a/with/feedback/this
leave/leaving for ..1 a/another/your ..1 @rival
close/closing/delete/deleting/deactivate/deactivating/shut/shutting/terminate/terminating/cancel/cancelling/canceling ..3 my/our/the/this/all/entire/its/their ..3 account/accounts/subscription/subscriptions/contract/contracts/membership/licences/licenses !data/history/details &- newsletter/newsletters/mailing/magazine/duplicate/old/test/second/employee/staff/user/bank/spare/former/demo/unused/wrong/trial/error
off your platform/system/service/books
moving/move/migrate/migrating ..2 away from you/your/the/this
walk/walking/stepping away ..2 from ..2 you/your/contract/deal/this
cut/cutting/sever ..1 ties
part/parting ways
pull/pulling/withdraw/withdrawing ..2 our/my ..2 business/account/accounts/contract/venues/sites/custom
pull/pulling the plug
lose/losing ..2 us/me/our/a/this/your/them ..3 as/customer/client/customers/business/account/contract/custom & will/going/you/about/risk/if/could/may/are/we/this &- weight/points
risk/danger/likely/threatening/threatens/threatened/threat/threats/wants/considering/planning/thinking/decided/going/about ..3 losing/lose/cancel/leave/churn/leaving/churning/cancelling/canceling/terminate/cancellation/terminating/walk ..1 $
risk/risks/threatening/threatens/threatened/threaten/threat/thinking/considering/consider/decided/intend/intends/intention/plan/plans/planning/forced ..3 to/of/about/losing/leaving/cancelling/canceling/terminating/cancel/leave/terminate/walk ..2 leave/leaving/cancel/cancelling/canceling/terminate/terminating/churn/churning/switch/switching/walk/quit/go/customer/client/account/us/contract &- booking/table/order/reservation/dinner/party/event/meeting/appointment/screen/page/office/early/gratuity/tip/dark/mode/review/feedback/room/class/lesson/flight/item/invoice/light/layout/delivery/holiday/trip/wedding
churn/churning !rate/report/dashboard/butter/score/prediction/model/analysis
cancel everything
cancel/leave/quit immediately/unless/if &- booking/table/order/reservation/appointment
unless ..12 @we ..2 will/shall/are ..2 cancel/cancelling/leave/leaving/terminate/switch/switching/walk/gone/off
done/finished/through with ..1 you/your ..2 service/company/product/platform/software/system !food
end ..2 relationship/partnership
last/final ..1 month/year/day/renewal/invoice with you/your
look for another/different/new/other provider/supplier/vendor/solution/platform/system/partner
find/finding/found ..2 another/different/new/better/alternative ..1 provider/supplier/vendor/platform/solution/system/partner/software/company
signed/signing ..2 with ..2 @rival
competitor/competitors/rival ..3 offer/offered/offers/offering/quote/quoted/cheaper/better/approached/already/contract & we/us/our/you
taking ..2 custom ..1 elsewhere
contract ..3 risk/jeopardy/hangs/stake
pay/paying ..3 for/until ..3 another month/year & not
opting out of ..2 contract/agreement/subscription
rescind/void/annul/exit/leave ..2 contract/agreement
want out !of/the
kundigen ..2 vertrag
vertrag ..3 kundigen/kundige/gekundigt
wechseln zu/zur/zum
";
