# ruff: noqa: E501 (patterns and cues are checked more easily unbroken)
"""Forenames and surnames of the people who live in Britain, from Faker's lists (MIT), without ordinary words and towns."""

import pkgutil
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import faker.providers.person as person_provider
import regex

from bot.language import function_words, ordinary_words
from bot.scan.recognise.places import NEVER_NAMES, TOWNS

_LATIN = regex.compile(r"[\p{Latin}'’-]{3,}")

# Common in Britain and missing from Faker's lists: they cover two Welsh, Scottish and African names in three.
_MORE_FIRST = """aled alun angharad anwen arwel bethan branwen bronwen bryn carys catrin ceri cerys cledwyn dafydd deiniol delyth
dewi dilwyn dylan efa efan eifion eilidh einir eira eirlys eleri elin elis elwyn emlyn emrys esyllt eurig ffion
fflur gareth gerallt gethin glenys glyn guto gwen gwenllian gwilym gwyn gwyneth haf heledd hefin heulwen huw hywel
ieuan ifan iestyn ioan iolo iorwerth iwan llew llinos lowri mabli madog mair maldwyn mared mari medi megan meinir
meirion menna mererid mihangel myfanwy nerys nia non osian owain rhian rhiannon rhodri rhun rhydian rhys seren siân
sian siôn sion siwan steffan tegan tegwen tomos trystan tudur wyn ailsa alasdair alastair alistair angus aonghas
archie blair calum callum catriona coll craig donald dougal duncan euan ewan ewen fearghas fergus finlay fiona
fraser gavin gillian greer gregor hamish iain innes iona isla kirsty lachlan lewis lorna mairi malcolm mhairi moira
morag morven muir murdo niall rory ruaridh shona sholto stuart aoife aisling aine blaithin brendan brigid caoimhe
cathal ciara ciaran cillian clodagh conor cormac daithi declan deirdre dermot diarmuid donal eamon eimear eoin
fergal fintan fionnuala gráinne grainne maeve niamh nuala oisin orla padraig roisin ronan ruairi saoirse seamus sean
sinead siobhan sorcha tadhg una adaeze adebayo ade adeola adewale afolabi akua ama amara amaka amina aminata anan
ayodele ayo ayomide babatunde bola bukola chiamaka chidi chidera chika chike chimamanda chinedu chinelo chinonso
chioma chukwudi chukwuemeka damilola dele ebele efua ekene ekow emeka enitan esi femi folake folasade funmi
funmilayo ifeanyi ifeoma ike ikenna ireti jide kayode kehinde kemi kofi kojo kunle kwabena kwadwo kwaku kwame kwasi
kweku lanre lola mensah ngozi nkechi nkem nnamdi nneka obi obinna ola olamide olu oluwaseun oluwaseyi oluwatobi
onyeka sade segun seun seyi simi sipho sizwe tayo temi temitope tendai tobi tola tolu tope tunde uche uchenna ugo
wale yaa yaw yemi yetunde yewande zola zanele thandiwe tariro tatenda farai rudo rumbidzai chipo abdi abdirahman
abdullahi ayaan fadumo farah faduma fartun hibo hodan hoodo idil ifrah khadra liban maryan mahad nimco sagal sahra
sahal warsame yusuf adeel aaliyah aamir abid aftab ahmed aisha akhtar akram ali alia amandeep amardeep amarjit amir
amrit anil anjali anwar arif arjun arshad asha asif asma ayesha azhar balbir baljit balwinder bashir bilal davinder
deepak deepika dilip faisal faiza farah farhan farida farooq fatima ghulam gurdeep gurjit gurpreet harjit harpreet
haroon hassan hussain imran iqbal irfan jagdeep jagdish jasbir jaspreet jaswinder javed kamal kamran karamjit kashif
kavita khalid kiran kuldeep kulwinder lakshmi maninder manjit manpreet meera mohammed mohamed muhammad mohammad
mukesh nadeem naseem nasreen navdeep naveed nazia neelam neha nighat nikhil nisha omar parminder parveen pooja
prakash pradeep priya qasim raj rajesh rajinder rakesh rashid ravi ravinder razia rehana rukhsana saeed saima sajid
salma samina sandeep sanjay sara sarfraz satnam satwinder shabana shabnam shafiq shahid shaista shakeel shazia
shireen sikander simran sohail sukhdeep sukhvinder sukhwinder sunil sunita surinder surjit tahir tahira taj tanveer
tariq tejinder umar usman vijay vikram waqar waseem yasmin yasmeen yusra zafar zahid zahra zainab zakir zara zeeshan
zubair agnieszka aleksandra andrzej aneta anna bartosz beata bogdan bożena czesław dariusz dominik dorota dominika
elżbieta ewa grażyna grzegorz halina hanna henryk ireneusz iwona jadwiga jakub janina janusz jarosław jerzy joanna
kacper kamil karolina katarzyna kazimierz kinga krystyna krzysztof leszek łukasz lukasz maciej magdalena malgorzata
małgorzata marcin marek mariusz marzena mateusz michał michal miroslaw mirosław monika oskar paweł pawel piotr
przemysław przemyslaw radosław ryszard sławomir slawomir stanisław stanislaw szymon tadeusz tomasz urszula wanda
wiesław witold władysław wojciech zbigniew zdzisław zofia zuzanna alexandru andrei bogdan catalin ciprian claudiu
constantin cosmin cristian cristina daniela doina dragos dumitru elena florin gabriela gheorghe horia ioana ion
ionel ionut iulia iulian laurentiu liviu lucian madalina marian marius mihaela mihai mircea nicolae octavian ovidiu
petru radu razvan roxana silviu simona sorin stefan stelian teodor traian valentin vasile viorel vlad ahmet aylin
ayşe ayse baris burak bülent can cem cemal deniz ebru elif emine emre engin erdal esra fatma gül gulsen hakan hatice
huseyin hüseyin ibrahim ismail kemal leyla mehmet meral merve murat mustafa nur orhan osman ozgur recep selin serkan
sevgi sibel suleyman tuncay umut yavuz yusuf zeynep delroy desmond devon errol leroy winston neville cleveland clive
dexter everton fitzroy glenroy hyacinth junior keisha latoya lloyd marcia marlon marva merlene norma patrice sharon
shanice shaniqua tanisha tyrone velma verna yvonne jamal kadeem kelvin lamar malik nathaniel rashad reggie tyrell
baz bazza gaz gazza shaz shazza trev kev kaz daz dazza jez chaz caz tel del deano robbo stevo jonno smithy kez lozza
sioned lleucu gwenno cadi mabon macsen deio gruff wei xin mei ling jun hui yan xiaoming jing ying zhang li ming minh anh linh thanh huong phuong tuan"""
_MORE_LAST = """ap davies evans jones griffiths llewellyn llewelyn lloyd morgan morris owen parry pritchard pugh probert prosser
rees rhydderch roberts thomas vaughan watkins williams bevan bowen cadwallader gwynne hopkin howells jenkins
maddocks meredith onions penry powell treharne tudor yorath buchanan cameron campbell colquhoun drummond farquhar
farquharson ferguson fraser galbraith gillespie gordon graham grant innes kerr lamont lennox macdonald mcdonald
mackay mackenzie mackintosh maclean maclennan macleod mcleod macmillan macneil mcallister mcarthur mccallum
mcculloch mcdougall mcewan mcgregor mcintosh mcintyre mckay mckenzie mckinnon mclaren mclean mcnab mcneil mcpherson
mcqueen menzies munro murray ogilvie rankin ross sinclair sutherland urquhart wallace adebayo adeyemi adeleke
adekunle afolabi agyeman agyemang akande akinola akintola amoah ampofo ankrah ansah appiah asante asamoah asiedu
ayodele balogun bamidele banda boakye boateng chanda chukwu danso darko dlamini dube duru eze fashola gumbo idowu
igwe iwu kamara koroma kuti mbeki mensah moyo mpofu mutasa ncube ndlovu nkosi nkrumah nwachukwu nwosu obi odukoya
ofori ogbonna ogunbanjo ojo okafor okeke okereke okonkwo okoro okoye oladipo olawale olayinka oluwole omotoso
onyango opoku osei oseni owusu oyelaran sarpong sesay sithole soyinka tetteh turay uzoma yeboah zulu abdi abdullahi
adan farah hersi jama mohamud nur omar osman warsame yusuf ahmed ali akhtar anwar arshad ashraf aziz bano begum
bhatti bi bibi butt chaudhry chaudhary choudhury chowdhury dar farooq hassan hussain iqbal islam javed karim khan
khatun latif mahmood malik miah mian mirza mughal nawaz parveen qureshi rahman raja rashid rehman saeed shah shaikh
sheikh siddiqui sultana uddin ullah yousaf zaman atwal bains bal bansal basra bhatt chahal chauhan cheema dhaliwal
dhillon dosanjh gill grewal gupta johal kang kaur khaira kumar mahal mann mehta mistry nagra nair patel rai randhawa
rao reddy sahota sandhu sangha shah sharma shergill sidhu sihota singh sohal thakur toor uppal verma virk clarke
brathwaite brathwait campbell francis gayle grant henry joseph lindo mcfarlane mckenzie morrison nembhard pinnock
plummer powell reid samuels walters wynter chan chen cheng cheung chow chung fong ho huang hui kwok lai lam lau
leung li lin liu lo luo ng ngan nguyen pham tang tran tse tsang wang wong wu xu yang yeung yip yuen zhang zhao zheng
zhou"""


@dataclass(frozen=True)
class NameLists:
    """Lower-case name words."""

    first: frozenset[str]
    last: frozenset[str]
    sure_first: frozenset[str]
    """Forenames that are no English word and no place: enough by themselves."""

    def is_name(self, word: str) -> bool:
        """Whether a word, or both halves of a double-barrelled one, is on a list."""
        plain = word.lower().replace("’", "'").removesuffix("'s")
        return (
            plain in self.first
            or plain in self.last
            or any(half in self.last for half in plain.split("-") if "-" in plain)
        )


@cache
def name_lists() -> NameLists:
    """Read all of Faker's Latin-script locales once."""
    first, last = set(_MORE_FIRST.split()), set(_MORE_LAST.split())
    for module in pkgutil.iter_modules(person_provider.__path__):
        provider = import_module(f"{person_provider.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            into = (
                first if attribute.startswith("first_names") else last if attribute.startswith("last_names") else None
            )
            values = getattr(provider, attribute) if into is not None else None
            if into is not None and isinstance(values, dict | list | tuple | set):
                into.update(
                    word.lower()
                    for value in values
                    if isinstance(value, str) and _LATIN.fullmatch(word := value.strip())
                )
    never = (NEVER_NAMES | function_words()) - {"mark", "may", "june", "april", "august"}
    first, last = first - never, last - never
    return NameLists(frozenset(first), frozenset(last), frozenset(first - ordinary_words() - TOWNS - NEVER_NAMES))
