// Frequent words and spellings of the regional and overseas languages that the n-grams of `eld` do not know.
// Written for this project; words that are also common French ones are left out. Speakers' corrections are welcome.

export interface RegionalLanguage {
  /** ISO 639-1 code where there is one, else ISO 639-3. Guadeloupe and Martinique share `gcf`. */
  readonly code: string;
  readonly words: string;
  /** Spellings of words that are in no list and that French and its other neighbours do not have. */
  readonly spelling: RegExp;
}

export const REGIONAL: readonly RegionalLanguage[] = [
  {
    code: 'br',
    words:
      "ar ur ul al gant evit war eo zo emañ emaint eus neus noa vez vezer vefe veze vije vezo vo oa oant oan eur ket ebet nemet hag pe rak dre betek abaoe goude araok kent ivez hoazh amañ aze ahont pelec perak petra piv penaos pegement pegoulz re tre gwall bihan vihan kozh gozh nevez yaouank mat vat gwelloc tud dud bro vro kêr gêr keriadenn parrez hent skol mor dour ti dour labour yezh yezhoù brezhoneg vrezhoneg breizh vreizh demat kenavo trugarez ya nann hwi hor hon int din deomp deoc dezho dezhañ dezhi ganin ganit ganeomp ganeoc ganto ganti gantañ outañ outo anezhañ anezho anezhi hini hinienn mañ setu ret rankout rank rankomp ober ra rafe rafen reer reomp reont rit graet vras lakaat laka mont dont bezañ kaout komz kompren goulenn fellout fell kavout gav kav ouzhpenn kalz nebeut muioc tamm holl pep bep hep evel evelkent dija ezhomm gwir diaes aes hoant soñj miz bloaz vloaz bloavezh deiz bemdez sizhun hiziv warc dec bugale vugale merc mab sikour sikouret digor digoret serr serret pa pezh bet dirak kichen war-dro dro lec met unan daou div tri traoù tra bed an ho he va hec ouzh ouzhin diwar diwezh diwezhañ gwez ne n'eus plij blij gwelet klevet lavar lavaret skrivañ degas troet den re-se paotr plac kemer kemenn maer ti-kêr enep raktres ger dic",
    spelling: /zh|^.{2,}(?:añ|où|iñ|eien|erezh|adur|oc)$|^[bdgkmnrst].*(?:eo|ezh)$|ñv/,
  },
  {
    code: 'oc',
    words:
      'lo los las del dels pel pels amb ambe dins dempuèi dempuei cap mai qual quala coma perque perqué aquò aquo aqueste aquesta aquestes aquestas aquel aquela aqueles aquelas aiçò çò nosautres vosautres ieu lor lors nòstre nòstra nòstres nòstras vòstre vòstra vòstres vòstras soi sèm sètz siá siam sián èra èran foguèt foguèron seriá serián avèm avètz aviá avián auriá agèt pòt pòdi podèm podètz pòdon poiriá cal caldriá vòl vòli volèm volètz vòlon faguèt faga dison sabèm sabi anar véser quicòm degun plan fòrça tròp pauc mens totes totas cada jorn jorns annada annadas òme òmes femna femnas dròlle dròlles joves vièlhs vielhs vièlh vièlha vila vilatge vilatges ostal ostals lenga occitan occitana escòla escòlas mètge camin carrièra aiga aigas riu glèisa mercat mercés bonjorn adissiatz òc tanben totjorn jamai ara uèi deman ièr aital aicí ailà alara puèi abans aprèp davant darrèr jos besonh besonhs trabalh trabalhs trabalhar demandam demandi pensi cresi vesi metriái metre valdriá vaquí coneissi parlar parla parlan ensenhar ensenhada monde pichon pichona pichons grand nòu nòva novèl novèla novèls bon bona ont qué cossí perqué ensems gaire encara sonque tornar daissan daissar vesins vesin païs país terra tèrra estatjants an es ai son pas fan va dels als sus acòrdi aquí pasmens doncas alavetz cadun cadunas quauques qualques sens contra degús autra autras mateis mateissa tan solament',
    spelling: /[nl]h(?:s|ar|a|as|e|i|on)?$|^.{2,}(?:ò|è)[lrtsm](?:e|a|es|as|i)?$|èm$|ètz$|iá$|cion(?:s)?$|^.*òr.*$/,
  },
  {
    code: 'co',
    words:
      "u di cù trà nantu nant sopra sottu dapoi dopu sinu sin ùn un micca nè chì cusì cume quandu induve duve perchè ciò quellu quella quelli quelle stu sta sti ste issu issa issi isse questu questa eiu tù ellu ella elli noi voi nostru nostra nostri nostre vostru vostra vostri vostre hè sò semu simu site sete era eranu saria serà esse statu stata stati aghju avemu avete anu avia avianu averà avè pò possu pudemu ponu puderia vole vogliu vulemu vulete volenu deve devenu duvemu fà face facenu femu faci fattu fatta và vanu andà vene venenu dì dice sapemu sanu ghjè ghjente ghjornu ghjorni ghjovani ghjustu paese paesi cità scola scole zitelli zitellu omu omi donne acqua fiume isula corsica corsa corsu lingua travagliu strada strade merria merre tuttu tutti tutta tutte ogni parechji pocu assai menu troppu megliu peghju bonu bona bellu bella novu nova vechju vechji vechja maiò chjucu bisognu dumandemu dumandà dumandu pensu ringraziemu ringraziavi avvedeci salute innò iè eccu prima sempre mancu ancu ancora tandu avà oghje dumane eri fora quì quà custì duttore più va sia saria micca accantu davanti duie dui trè quattru à da in per l'acqua i ne ci vi si piglià mette metteria purtà esse amparata accordu prughjettu",
    spelling: /ghj|chj|^.{2,}(?:[lrtns]|cc|gli|gn)u$|^.{3,}(?:emu|imu|enu|anu)$|^.{3,}aghj/,
  },
  {
    code: 'gsw',
    words:
      'fer fir vun vum mit uf üf üs un unn àwer awer nit nìt nimm nìmmi nìmm nix ken kenn kè isch sìn wàr wäre het hàn hets hätt bìn bisch gìtt gitt geh gehn kummt kumme mache màche màcht gmàcht welle wìll wotte soll solle sott kenne kennt kànn müen müess müss mien brüche brücht brüch däte däät dät mr mer mir ìhr ìhri sie ich ìch dü unser unseri unserem mini dini sini eiri ebbs ebbis ebbes vil viel meh àlle àlles àlti àlt àlte gross gròss kleini neij neije neji jung jungi jo nä güet guet güete güeti gnüe bissel bissele elsàss elsass elsassisch elsässisch elsasserditsch schüel schüele dorf dorfe dörfer dörfle stàdt stroß ströß litt lit kìnder kinder büüre büür dàj daj tàj johr zit zitt hit hitt morje wàsser hüs hüss heimet sproch ditsch wo wàs worum wer wie wenn dàss àss wil zue zü züe newe glich drowe diss dìss dis jede jedi do de d s im in vor fìr gar zwei drei ze zfridde nochber àrwet gmein gar schwer froh frööje devun wìder wider noch net bi ben ned àn àm',
    spelling: /[àìù].*(?:ch|ck|nn|ss|tt|ll|ns|lt|cht)|sch[tlmnw]|^(?:b|g)['’]?schl|^gm?[àä]|üe|ìr|äi|öö|lig?e$|isch$/,
  },
  {
    code: 'gcf',
    words:
      'mwen mwê mwin man zòt yo ka ké té poko pòkò tini pou ba ban épi èk evè adan anba asou anlè douvan dèyè bò koté alantou dépi jiskatan lè fò fok fodré sav konnèt konprann vlé bizwen bizen fè ay alé vini wè palé kité mété pran mandé mouté désann moun timoun granmoun tifi tigason fanm nonm jenn jénès vyé nouvo gwo piti anpil onpil onlo plis mwens twòp tibwen toujou jamé jòdi jòdijou zòdi yè dèmen talè mé mèsi bonjou bonswa awa on yon tala lasa kijan kouman poukisa pouki kisa kitan ola péyi gwadloup matinik kréyòl kréyol lékòl larivyè lanmè dlo lari wout kaz travay lajan ayen anyen pèsonn toutmoun yonn dé twa kidonk sé nou ni pa sa lavil doktè miyò ouvè fèmen ranjé rété désidé pyébwa bis',
    spelling:
      /^(?:k[aeéèioò]|w[aeéèi]|zw|bw|pw|mw|lw|dw|fw|gw|vw|kw|tw)|yè$|(?:an|on|en)n$|òl|wo|wa[zyvt]|yon$|^la[pnrvk][aeiouò].*[èéòk]/,
  },
  {
    code: 'gcr',
    words:
      'mo to yé so nou zòt ka ké té annan asou dipi divan fika gen roun oun bokou tibren pyès lò kitan kouman poukisa kisa moun timoun yan ya savé pouvé divèt viv isi jodla jòdla anyen pésonn péyi gwiyann lagwiyann guiyann kominn doktò dilo fatra pran fronmen louvri doumandé bagaj déblozay rété wè palé ganyen pou pa sa mété nòv bis lavil plis bizwen koudmen granmoun alé kité travay jenn miyò planté pyébwa tout toulé lékòl timoun-yan kréyòl kaz vyé konprann konnèt koté fè tchò bay di mi ki krik lari nouvèl pasaj bati red sal',
    spelling:
      /^(?:k[aeéèioò]|w[aeéèi]|zw|bw|pw|mw|lw|dw|fw|gw|vw|kw|tw)|yè$|(?:an|on|en)n$|òl|wo|wa[zyvt]|^roun|^doum|tch/,
  },
  {
    code: 'rcf',
    words:
      'mi li zot zote banna bann bana lo lé té ek èk sanm dann dsi dopi ziska ousa koman kosa kisa akoz konm konmsa koméla astèr astér talèr zordi demin toultan toulézour toulzour zamé zamèi touzour myé poin napoin napu napi nana navé noré nora sra sré gingn gaingn gingné kozé koz fèr koné kwé domoun marmay marmaye zanfan granmoun gramoun zènn zenn zènes fanm kaz somin semin lékol lopital péi larényon laréyon réyoné kréol kreol in inn nout out lontan kabar arien person tousala sak ala oté kisasa bezoin pli mersi plizièr ankor aprann konpran donn mèt rod aranz vann boir manz bonpé dovan ouver fèrmé boutik kot pos dokter komine vil katié karo kann plantèr rivièr zistoir zafèr travay lapay dézord tonm rest res mon out son i pa fé la na kan pans aèl ali anou azot amwin mwin sa dbwa pié vié pasaz proze dakor kolèz kolez',
    spelling: /^z[aeéio]|z(?:o|ou|i|é)r?$|^l[aé][bkpz]|(?:an|in|on)m$|^k[aeéoiw]|èr$|[aeiou]z$|oin$|ién?$/,
  },
  {
    code: 'ty',
    words:
      'te ia nei mau mai atu ana ra rahi roa iti maitai aita ua eita eaha aha vai nahea hea tei ihea afea vau oe oia maua taua matou tatou outou raua ratou tana teie tera reira hoe piti toru fenua fare pape tai moana taata tamarii tamahine vahine tane huiraatira oire tavana purumu pereoo haapiiraa ohipa reo tahiti maohi manao mana hinaaro farii faarii haere hoi hio ite parau ani haapii haapao rave faaoti iaorana mauruuru nehenehe mea atoa noa mua muri nia ni raro roto rapae pihai iho paari api tahito ino viivii no na ta to o a i e feia mahana matahiti pahonoraa taurearea pure rata toa tumu raau',
    spelling: /^(?:[fhmnprtv]?[aeiouāēīōū]){2,12}$/,
  },
];
