# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Words that look like names and are not: places, organisations, roles, document furniture."""

import regex

STREET = (
    r"(?:road|rd|street|st|avenue|ave|av|lane|ln|close|cl|drive|dr|way|crescent|cres|cresc|court|ct|place|pl|terrace|terr|ter|grove|gardens|gdns|square|sq|"
    r"hill|row|walk|mews|rise|view|park|parade|quay|steps|wharf|green|gate|path|passage|croft|meadows?|fields?|end|common|heath|bank|brow|fold|garth|"
    r"circus|vale|yard|alley|embankment|esplanade|promenade|broadway|causeway|highway|hey|villas|cottages|buildings|heights|mount|dene|dale|ridge|"
    r"chase|spinney|copse|orchard|glebe|paddock|loan|brae|wynd|vennel|heol|ffordd|lôn|lon|rhodfa|stryd|clos|maes|cilgant|parc|bryn|strand|approach|link|loke|drove|nook|reach|wood|woods|walks)"
)
"""Last word of a street's name; ignore case."""

BUILDING = r"(?:house|court|lodge|cottage|farm|villa|villas|hall|manor|mansions?|towers?|point|heights|apartments|buildings?|flats|barn|mill|rectory|vicarage|grange)"
"""Last word of a building's name; ignore case."""

ORGANISATION = regex.compile(
    r"\b(?:crown prosecution|prosecution service|CPS|HMCTS|(?:crown|county|youth|family|high|supreme|combined|criminal|appeal) courts?|court (?:house|centre|of)|courts|the court|magistrates'?|tribunal|judicial|police|constabulary|station|custody suite|solicitors?|LLP|"
    r"ltd|limited|plc|chambers|law|legal|po box|hospital|infirmary|clinic|surgery|practice|medical centre|health centre|NHS|trust|council|county hall|"
    r"service|services|agency|authority|department|ministry|office|university|college|school|academy|church|mosque|bank|hotel|inn|pub|"
    r"public house|supermarket|store|shop|restaurant|cafe|takeaway|headquarters|HQ|HMP|prison|probation|centre|advocates?|counsel|society|association|charity|"
    r"news|stadium|library|museum|airport|depot|warehouse|garage)\b",
    regex.I,
)
"""Shows that what follows is an organisation's address."""

_TOWNS = """aberdeen aberystwyth accrington aldershot altrincham andover ashford aylesbury bangor barking barnet barnsley
barnstaple barrow basildon basingstoke bath bedford belfast berwick bexley birkenhead birmingham blackburn blackpool
bolton bootle bournemouth bracknell bradford brent brentford bridgend bridgwater brighton bristol bromley burnley
bury caerphilly camberley camborne cambridge camden canterbury cardiff carlisle carmarthen castleford chatham
chelmsford cheltenham chester chesterfield chichester colchester corby coventry crawley crewe croydon darlington
dartford derby derry doncaster dover dudley dundee dunfermline durham ealing eastbourne edinburgh ely enfield epsom
exeter falkirk falmouth fareham farnborough folkestone gateshead gillingham glasgow gloucester gosport grantham
gravesend grimsby guildford hackney halifax hammersmith haringey harlow harrogate harrow hartlepool hastings
havering hemel hereford hertford hillingdon horsham hounslow hove huddersfield hull huntingdon inverness ipswich
islington keighley kendal kettering kidderminster kingston kirkcaldy knowsley lambeth lancaster leamington leeds
leicester lewes lewisham lichfield lincoln lisburn liverpool livingston llandudno llanelli london londonderry
loughborough lowestoft luton macclesfield maidenhead maidstone manchester mansfield margate merthyr middlesbrough
newcastle newham newport newquay newry northampton norwich nottingham nuneaton oldham oxford paisley penzance perth
peterborough plymouth pontypridd poole portsmouth preston ramsgate reading redbridge redcar redditch redhill reigate
rhondda rhyl richmond ripon rochdale rochester romford rotherham rugby runcorn salford salisbury scarborough
scunthorpe sheffield shrewsbury slough smethwick solihull southampton southend southport southwark stafford
stevenage stirling stockport stoke stratford sunderland sutton swansea swindon tamworth taunton telford torquay
truro wakefield wallsend walsall warrington warwick watford wells welwyn westminster weymouth wigan winchester
windsor woking wolverhampton woolwich worcester workington worthing wrexham yeovil york bedfordshire berkshire
buckinghamshire cambridgeshire cheshire cleveland clwyd cornwall cumbria derbyshire devon dorset dyfed essex
gloucestershire gwent gwynedd hampshire herefordshire hertfordshire humberside kent lancashire leicestershire
lincolnshire merseyside middlesex norfolk northamptonshire northumberland northumbria nottinghamshire oxfordshire
powys rutland shropshire somerset staffordshire suffolk surrey sussex tyne wear warwickshire wiltshire
worcestershire yorkshire avon thames severn mersey england wales scotland ireland britain uk europe france germany
spain italy poland romania india pakistan bangladesh china nigeria ghana kenya somalia jamaica turkey iraq iran
syria afghanistan albania america usa canada australia israel russia ukraine portugal greece lithuania latvia
hungary ethiopia eritrea sudan egypt morocco brixton peckham tottenham wembley southall hackney stretford moss side
handsworth toxteth easington downing westgate northgate southgate eastgate victoria albert"""

_ROLES = """the a an and or of to in on at by for from with as is was are were be been has have had do does did not no yes if
when where who whom whose which that this these those there here he she it we you they i me my mine his her hers him
its our their them us your yours re fw fwd cc bcc via per am pm hrs hours page pages section part para paragraph
schedule annex appendix exhibit exhibits item items copy date dated time times place number no ref reference urn
case court crown magistrates magistrate judge recorder justice police officer officers constable sergeant inspector
superintendent detective chief pc ps dc ds di dci insp sgt dr mr mrs ms miss mx sir madam lady lord rev prof hhj kc
qc esq defendant defendants victim victims witness witnesses complainant complainants suspect suspects accused
caller informant patient patients interviewee interviewer detainee applicant respondent appellant claimant solicitor
solicitors barrister counsel prosecutor prosecution defence probation custody arrest arrested charge charged
interview statement statements signature signed name names surname forename forenames address addresses postcode
telephone tel mobile phone home email mail e-mail dob born birth age gender sex male female occupation ethnicity
nationality religion nhs gp ward hospital clinic surgery unit emergency department doctor nurse sister consultant
triage discharge admission notes history medical health injury injuries treatment allergies january february march
april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun christmas easter boxing new
year today yesterday tomorrow morning evening night afternoon street road lane avenue close drive way row steps quay
walk service services office area region branch team group trust council county city town village borough district
station north south east west northern southern eastern western upper lower great little old high low top main
central national royal british english welsh scottish irish united kingdom act acts rule rules regulation
regulations order orders code law laws limited ltd llp plc company bank official sensitive restricted confidential
secret private personal important urgent note please thank thanks regards yours sincerely faithfully dear hello hi
subject sent received message attached attachment document documents file files form report summary list record
records details information contact contacts evidence unused material disclosure special measures assessment
application hearing trial plea sentence verdict appeal bail remand mg mg5 mg11 pnc cro asn abe cps dcs cjsm hmcts
hmp oic cad cctv bwv vps dash marac isva idva ed a&e gcs bp nok n/a na none nil unknown tbc total price product
description quantity pack code codes guidance policy overview introduction conclusion background key first second
third last next previous other others all any each every both some many more most such own same so than too very can
will just should could would must shall may might now then also only over under again further once because while
during before after above below between through into out off up down about against google microsoft excel word
windows iphone hmp yoi corsa fiesta focus astra golf clio polo mercedes volkswagen peugeot renault nissan hyundai skoda samsung whatsapp facebook instagram snapchat tiktok twitter youtube ford bmw audi vauxhall toyota
honda tesco asda sainsbury aldi lidl archbold blackstone christian muslim jewish sikh hindu catholic church mosque
temple school primary secondary academy college university mum dad mummy daddy mother father brother sister son
daughter wife husband partner girlfriend boyfriend friend neighbour uncle aunt cousin grandmother grandfather nan
grandad child children baby boy girl man woman guy lad bloke someone somebody everybody nobody anyone question
answer speaker q unredacted redacted allegation offence offences count counts conviction convictions disposal
originator print colour result outcome status sort type officer-in-charge pcso staff manager lead senior director
head deputy assistant clerk listing admin user sender recipient distribution board committee minutes agenda action
actions said says told asked see saw went came got had made gave took left right back front inside outside nothing
something anything everything ok okay well oh ah um er male1 house cottage lodge villas mansions flat flats
ewca ewhc uksc ukpc ukhl crim civ wlr ehrr kbd qbd lord lords sirs madams colleague colleagues customer customers resident residents
parents carer carers householder occupier editor candidate candidates delegate delegates volunteer volunteers everyone
students pupils folks square crescent terrace mews gardens parade boulevard operation project estate version press media d.o.b ring call ask tell text meet speak visit serve theres hes shes whos whats heres thats lets wheres wont cant dont
lawyer lawyers paralegal paralegals caseworker governor minister secretary supervisor trainer trainee analyst engineer cabinet government security
parliament commons foi sar ico
imprisonment imprisoned months mths yrs hours days weeks informed attended advised stated confirmed called pulse
temp plan impression obs presenting complaint examination pmh dh sh o/e pc/hpc wristband"""

TOWNS = frozenset(_TOWNS.split())
"""Towns, counties and countries, in lower case."""

PREFIXES = frozenset(
    ["non", "re", "pre", "co", "sub", "ex", "anti", "self", "post", "cross", "multi", "semi", "inter", "over", "under"]
)
"""Before a hyphen they make an ordinary word of the next ("NON-AVAILABILITY"), in lower case."""

NEVER_NAMES = frozenset(_ROLES.split())
"""Words that end a name or never begin one, in lower case."""

AFTER_NAME = regex.compile(
    rf"(?:[ ]{{1,2}}|-)(?:{STREET}|{BUILDING}|hospital|infirmary|surgery|school|primary|academy|college|university|police|station|magistrates'?|crown|county|youth|court|"
    r"council|centre|church|arms|inn|hotel|pub|bar|club|park|bridge|ltd|limited|llp|plc|solicitors|chambers|trust|ward|unit|airport|prison|v|act|foundation|support|&|case|test|direction|warning|notice|hall|theatre|stadium|market|museum|gallery|library|estate|industrial|wing|building|suite|(?:meeting )?room|refuge|hostel)\b(?!['-])",
    regex.I,
)
"""Follows a word that only looks like a surname."""
