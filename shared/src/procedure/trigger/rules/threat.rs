//! What a customer threatens with.

pub(super) const LEGAL: &str = "
broke/broken/cut/burn~/slip~/injure~/sprain~/fell/hurt/scald~/bruise~/injury/wound~ ..30 insurance/insurer~/claim/compensation/liable/liability &- delivery/screen/refund
licensing/food/fire/health/environmental/tax/data/building ..2 board/council/authority/inspector~/inspectorate/office ..4 open~/investigat~/fine~/case/enforce~/notice/start~/began &- booking
police ..4 ask~/want~/request~/come/came/seize~/visit~/interview~/took/taken/investigate~/need~ &- book~/table/dinner/discount/party
object/objection legally
personal injury
fraud/vice squad
detective/constable/inspector/officer ..6 statement/interview/investigat~/rang/called/visited & police/fraud/statement/crime/case &- health/fire/hygiene
ombudsman &- how/who/table/what
trading standards &- how/training/fees/happy/visit
arbitration/litigation &- @paper/clause
slip~/fell/burn~/scald~/injure~/hurt/accident/poison~/trip~/allergic ..24 instruct~/insurer~/claim~/compensat~/solicitor~/lawyer~/firm/liab~ &~ your/you
insurer~ & instruct~/claim~/counsel/liab~/act/slip~/injur~/burn~ & your/our/you &- booking
instruct~ ..3 firm/solicitor~/counsel/lawyer~/barrister~
court papers/proceedings/action/order/claim/summons/date & you/your/issued/will/be/serve~
enforce ..4 court/law/legally
my/our/a/the/company/family/his/her/their/own/an ..1 @lawyer ..3 @acts &- table/dinner/birthday/lunch/book~/reservation/wedding/party/login/new
@instruct ..6 @actor !station/officer/discount/street/road &- table/dinner/birthday/lunch/tennis/reservation/wedding/party/discount/invoice
injury/negligence/negligent/injured/damages ..8 claim~/compensation/solicitor/liable/lawyer
claim~ ..6 injury/negligence/damages/compensation &- deposit/damaged
letter before ..1 action/claim/proceedings
pre action
without prejudice
statutory demand/rights/right/duty/notice/complaint
tribunal/litigation/lawsuit/summons/writ/injunction/subpoena/bailiff~ &- @paper
legal ..1 team/department/adviser~/advisor~/representative~/people/advice/help/action/claim/proceedings/route/steps !page &- name/update/invoice/training/your
hold~/held ..3 liable/accountable &~ legally/liable/damages/losses/court/law
prosecut~/sue~/suing you/your/them/the/for/over &- peace
formal ..1 legal notice
consider/take/treat ..2 this ..3 notice &- agreement/contract/terminat~/subscription &~ legal/proceedings/formal/court/claim
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
claim/claiming/seek/seeking/sue/demand/demanding/pay/liable/for ..3 damages/compensation ..3 through/court/courts/legally/for !deposit & courts court/legal/legally/damages/liable/breach/law
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
formal notice &- agreement/contract/terminat~/subscription/ends
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
my/our ..1 @lawyer &- signature/lease/finished/house/moved/table/dinner/birthday/lunch/book~/reservation/wedding/party/login/new/name/friend
";

pub(super) const MEDIA_PR: &str = "
our/my/this story/case/complaint ..6 in/on ..4 @medium
tv/television people/crew/crews/team/producer/reporter
#number/million/thousand ..1 views/view~/shares/likes/retweets/plays/comments &- page/report/website/menu/analytics/dashboard/love
^ journalist/reporter/editor/columnist/correspondent ..4 here/from/at
journalist/reporter/editor/columnist/correspondent ..4 here/from/at & you/your/writing/story/article/comment/side &- book~/table
people/everyone/users/customers/thousands/half ..10 on @social & you/your &- love~/great/find/follow/like/share/integration
@medium/programme/show ..6 like/love/want~/plan~ ..2 to? ..1 talk/speak/interview/cover/run/film/broadcast & you/your/us/this/about &- book~/great/table
@medium/programme/show ..6 pick~ ..1 up
expect/watch/see/hear ..3 this/it/us/you/yourselves ..3 on ..2 tv/television/radio/telly/news/air
go/going/tell/call/contact/on ..4 channel ..2 news
@medium/sky/guardian/telegraph/mirror/mail/times/bbc/itv/watchdog/panorama ..2 @be/will/has/have ..2 film~/run~/running/cover~/ask~/contact~/interested/write~/writing/ring~/rang/phone~/call~/publish~/investigat~/look~ ..6 & you/your/us/this/outside/why/about/tomorrow/our &- email/book~/great/congrat~/lovely/@document/slot/opening
rang/rung/ring~/phone~/call~/email~/wrote/write~/told/tell~/contact~/spoke/speak~/tip~/send~/sent/give~/gave/go/going/went ..4 @medium/guardian/telegraph/mirror/watchdog/bbc/itv/panorama/herald/gazette/tribune/chronicle/desk/newsdesk ..4 & you/this/story/they/it/run/consumer/researchers/about/whole &- book~/great/lovely/help/front/support/service/please/page/link
watchdog ..6 love/hear/interested/email~/researchers/contact~
mail/guardian/telegraph/mirror/times/bbc/press/papers/journalist~/newspapers get/gets/got ..2 them/it/this/everything/copy/story
#number/thousand~/million ..2 follow~ ..1 me/us/my/our
people/subscribers/fans/thousands follow me/us
run/admin/moderate/manage ..6 group/forum/page/channel ..6 #number ..1 members/followers/people/subscribers
journalist/reporter/correspondent/columnist ..6 me/us/you/this/about &- book~/table/dog/great/lovely/congrat~/deserve~
post~/posting/put~/share~/tweet~/publish~ ..4 this/it/everything/story/screenshots ..4 everywhere/publicly/online
@tell ..6 @medium !#number/button/room/release/conference/login/account/card/agency/player/file/page/app/club/jam/roll/tray/towel &- advert~/ad/campaign/great/congratulations/congrats/book~/deserves/lovely/printer/receipt/love~/jam~/size/please
@medium ..4 contact~/interested/ask~/want~/call~/write~/writing/run~/running/film~/cover~/investigate~/publish~/in/chase~/phone~/rang & you/your/us/this/story/about/statement/comment/how &- advert~/campaign/book~/great/congrat~/printer/jam~/receipt/love~/please/menu/email/page/size
#number/thousand~/million ..2 @audience & tell/know/post~/you/this/see/hear/share~/story/warn~ &- great/love~/campaign/newsletter/grow~/increase~
my/our ..3 @audience ..8 know/hear/see/told/warned/find/tell &- great/newsletter/campaign
tell~/warn~/show~ ..3 my/our ..3 @audience
tv/television/film/news/camera crew/crews/team/van ..4 turned/came/coming/arrived/outside/waiting/at/here/door
write/writing a ..2 column/article/piece/story ..3 for/about & you/your/in
all over facebook/twitter/instagram/tiktok/linkedin/reddit/youtube/social/media/news/internet/press/papers/web
evening standard/news/post
headline/headlines ..4 &~ you/your/tomorrow/paper/will &- font/menu/size
retweet/retweets/retweeted
my/our/this tweet/post/video/thread/reel/tiktok/review ..3 about ..2 you/your/this/how &- lovely/nice/great/love
my/our/this tweet/post/video/thread/reel/tiktok ..6 views/shares/likes/retweets/comments &- love/great/how/schedule/report
story/case/experience/interview ..6 on/in ..1 the ..1 radio/tv/news/television/paper/newspaper/papers/press/front &- great/heard/saw/read
to/on/in the ..1 evening/ten/local/national/six/morning news
the/local/national/daily/guardian papers &~ you/this/story/how/tell/your &- renewal/contract/legal/court/sign/signed/signing/chef/deserves/great/lovely/congrats/congratulations/saw/read/dinner
local/national/regional paper/radio/station/tv &- award/won/thanks/great/lovely/congrats/congratulations/nice/saw/read/deserves/write/advert/ad
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
<!password post/posting/posted/posts/share/sharing/shared/tweet/tweeting/tweeted/publish/publishing/published/put/putting/upload/uploading/complain/complaining/blast/blasting/tell/telling/warn/warning/rant/ranting/document/documenting/write/writing/leave/leaving/splash/plaster/take/taking/air/airing/out/call/calling/film/filming ..8 on/to/all/across/over/everywhere/via/my/about/using/in ..3 @social/@followers/online/everywhere/socials/media/blog/network/internet !login/account/page/integration/button/review/reviews/form &- tag/great/lovely/nice/happy/love/loved/photo/photos/automatically/feed/picture/pictures/integration/marketing/campaign/scheduled/menu/ordering
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
