//! What a customer feels, and what may come of it.

pub(super) const SEVERE_DISSATISFACTION: &str = "
shake~/shaking/tremble~/trembling/cry~/tears/screaming/scream~ ..2 with/of ..1 anger/rage/fury/frustration
beside myself/ourselves/himself/herself !joy/excitement
white/blind/boiling/spitting/seething ..1 with? rage/anger/fury/feathers
anger/rage/fury & you/your/service/support/words/feel
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
get/getting rid of ..1 you/your/this system/software/service/platform/contract
get/getting rid of ..1 you/your ..2 @platform/product/software
done/finished/through with us
back to ..2 old/previous/former ..1 supplier/provider/system/software/vendor/company
why should we/i ..1 stay/renew/continue/keep/pay
another/other/different/new company/supplier/provider/vendor ..20 less/cheaper/better/half & you/your/stay/we/why &- menu
contract/subscription/licence/agreement ..3 not be ..1 extended/renewed/prolonged/continued
end of the road
reason ..1 not ..1 to ..1 @quit/@swap
@rival ..3 offer~/quote~/promise~/undercut~/pitch~ ..8 price/half/cheaper/less/deal/better/discount/more &- how/job
if/unless ..14 we/i are/'s gone/off/out/leaving $
inclined/ready/prepared/tempted/happy ..2 to ..2 @quit/@swap/go/accept &- book~/table/date/time
this/it/email/message as ..4 notice
our/my/formal/written ..4 notice ..2 for/of/to/on ..4 all/sites/contract/termination/cancellation/leave/agreement/subscription/both
#number ..2 days/day/weeks/months/month 's? notice & treat/consider/our/hereby/accept/giving/give/this &- need~/require~/want/your/maintenance
not ..2 be? sign~ ..3 it/for/again/renewal/another/anything/new/with/up &- button/pad/device/in/document/out
get/getting/way/exit/break ..2 out ..2 of ..2 contract/agreement/deal/subscription
found/find ..2 something/somebody/someone/one ..4 better/suits/cheaper/else/fits &- table/date/venue/recipe
out to tender
lose/losing us/me/our
penalty/fee/cost/price ..4 ending/end/leaving/exit~/terminat~/cancelling ..3 contract/agreement/early/subscription
demo/trial/quote/proposal/offer/pitch/presentation/price ..2 from ..3 @rival/another/other/toast/square/lightspeed/zendesk/salesforce/opentable/resy/sevenrooms/shopify/clover ..4 & we/our/us/my/director/board/boss &- vat/table/menu/paint~
convince/persuade/reason/worth ..2 us? ..2 to? stay/staying/renew/renewing
go/going/went/sign~ with them &~ quote/supplier/offer/cheaper/price/provider/unless/competitor
not ..3 continue/carry/go ..1 on? with you
decided/voted/agreed/resolved ..2 not to ..1 continue/renew/extend/proceed/carry/stay
leave~/leaving you ..2 next/in/at/by/after/for/because/soon
@quit ..6 @agreement !@paper !number !fee/fees &- myself/user/his/her/duplicate/newsletter~/trial/book~/table/reservation/old/how/error/itself/crash~/test/bank
@quit ..3 all ..2 @places &- book~/table/reservation
@swap ..8 @rival &- table &- from ..2 @rival &- to ..1 you/your
@swap ..5 another/different/new/alternative/other/cheaper/better ..2 @provider/else &- account/plan/office/address/how/table/phone
@swap ..5 away from you/your
@explore ..6 alternative~/@rival/replacement~/elsewhere &- table/menu/dish/date/room/page/time
@explore ..4 other/another/different/new ..2 @provider &- menu/table/user/email/phone/date/chose/chosen/picked/with
not ..4 renew~/extend~/prolong~ !deadline &- how/button/error/licence key/token/certificate/card
rip~/throw~/kick~/tear~/take~ ..2 you/your/it ..3 out ..3 &~ supplier/system/rival/@rival/contract/replace~/sites/stores/platform &- menu/table
take~/taking/took/move~/moving ..1 @my ..2 business/custom/money/sites/venues/stores/account/spend ..2 elsewhere/away/somewhere
give~/serve~/hand~/submit~ ..3 notice & contract/cancel~/leave~/terminate~/subscription/days/month~/agreement/you/your
rather ..8 leave/switch/cancel/go ..6 than ..2 stay/renew/continue/remain
pay ..3 penalty/fee ..4 leave/exit/cancel/terminate
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
switch/switching/switched/move/moving/moved/migrate/migrating/go/going/jump/defect/transfer/transferring/change/changing/convert/take/taking/shift/shifting ..6 to/with/over/platform/supplier/vendor ..2 @rival &- from ..2 @rival &- to ..1 you/your
switch/switching/switched/move/moving/migrate/migrating/go/going/jump/transfer/transferring/change/changing/shift/shifting/swap/swapping ..5 another/different/new/alternative/other/better/cheaper/someone/somebody/supplier/suppliers/provider/providers/vendor/vendors/platforms ..2 @provider/else/providers &- account/plan/office/venue/payment/printer/card/bank/phone/internet/tier/calendar/tab/page/screen/browser/user/reports/tables/demo
switch/switching/change/changing provider/providers/supplier/suppliers/vendor/vendors/platform/platforms !settings
switch/switching/move/moving/migrate/migrating/going/go/moved/switched ..3 to toast/square/lightspeed/zendesk/salesforce/opentable/resy/sevenrooms/shopify/clover/touchbistro/revel/freshdesk/intercom/sumup/zettle
move/moving/take/taking/migrate/migrating ..3 @my ..4 business/venues/sites/custom/account/accounts/money/everything/restaurants/locations/data/stores ..3 elsewhere/away/somewhere/@rival
take/taking/took ..2 @my ..1 business/custom/money elsewhere/away/somewhere/to
business elsewhere
look/looking/shop/shopping/search/searching/consider/considering/evaluate/evaluating/explore/exploring/review/reviewing/talk/talking/compare/comparing/assess/assessing/source/sourcing/trial/trialling/seek/seeking/speak/speaking/contact/contacting/investigating/meet/meeting ..5 @rival/alternatives/alternative/vendors/suppliers/providers/else &- something/anything/someone/somebody/here/anyone/option/time/slot/date/dates/payment/route/milk/ingredients/ingredient/wine/food/dish/dishes/color/colour/menu/parking/what/who/anybody/everyone/nobody/table
looking/shopping around/elsewhere &- site/page/menu/venue/app/documentation/settings/town
@will/are/am/is ..3 leave/leaving/leaves ..1 you/your/for/us !@feature !message/feedback/review/a/at/tip/office/early &- venue/hotel/pub/restaurant/party/lock/office/building/job/table/meeting/school/airport/hotel/town/holiday/note/voicemail/restaurant/home/voicemail/city/bag/coat/work
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
