"""The words by which firms, their kinds and their parts are known, at home and in the countries of placement."""

from __future__ import annotations

import re

from .words import set_of

WEAK_SIGNS = set_of("mt lct tb po fa pd km pr pg ub wm")
SIGNS = set_of(
    "mt lct spob pr pg ub wm p3mi p3tki kumiai pt cv ud pd tb fa po km kmn fv mv klm lpk blkln pjtki pptki pptkis pjtkis lkp yysn ptpn"
)
SHIPS = set_of("km kmn fv mv klm kapal mt tb")
TRADES = set_of(
    """
    toko warung pabrik konveksi konpeksi konfeksi depo bengkel rm resto restoran restaurant cafe kafe hotel salon klinik apotek laundry
    katering catering kebun kapal koperasi kopkar yayasan garment garmen butik minimarket swalayan spbu perkebunan perusahaan
    karaoke agensi agency agen percetakan penggilingan peternakan travel bimbel sekolah ponpes klub club spa panti perusahaannya
    pabriknya kantor outlet depot supermarket kedai warteg tambak tambang proyek pt2 percetakan perusda bpr barbershop
    gudang majalah studio percetakan distro rumahmakan firma kantin sd smp sma smk tk paud rs rsia klinik dapur ekspedisi
    penampungan bar
    rsud rsu rsab rsup rsi rsj rsgm puskesmas posyandu rumahsakit hospital pks pkr pltu plta pltd pltg plts smelter kilang ladang
    syarikat maktab bank sdn smpn sman smkn sdit smpit mts madrasah universitas kampus stikes stie politeknik poltek akademi institut
    pesantren pontren dayah sppg spbe sppbe spbn pertashop showroom dealer grosir galangan sawmill bagan keramba sanggar homestay resort
    ksp kud bmt bumdes lpd optik daycare tpa pkbm gerai pasaraya kongsi vendor kontraktor subkon penyalur distributor
    pengilangan pemotongan penjahitan tailor catering pangkas barber florist developer
    """
)
SHORTS = set_of(
    "sd smp sma smk tk rs sdn smpn sman smkn rsi rsj mts pks pkr kud bmt lpd ksp tpa pt2"
)  # in capitals where there are capitals
ENDINGS = set_of(
    """
    agency agencies manpower tadbeer ktv ltd limited inc llc recruitment employment enterprise enterprises resources holdings
    corp corporation restaurant industries trading contracting bhd gmbh pte tbk maids consultancy consultant consultants overseas
    outsourcing laundry fashion garment factory collection motor group logistics express bakery mart cafe hotel salon spa
    hospital seafood fishery engineering construction farm
    co plc wll fze fzc fzco est establishment berhad pty kk gk kaisha kabushiki kogyo sangyo kensetsu seisakusho shokuhin suisan noen
    kikai gongsi jsc srl llp cooperative crewing shipping shipmanagement maritime marine offshore contractors contractor services
    solutions systems technologies technology industrial electronics precision plating steel metal textile textiles plantation
    bungalow bungalows villas lodge inn guesthouse retreat plantations petroleum drilling mining cargo transport travel tours foods resort resorts clinic school academy
    """
)
FORMS = set_of("ltd limited llc inc bhd sdn pte plc")
WEAK_ENDINGS = set_of(
    """
    est services solutions systems technologies technology industrial electronics precision plating steel metal textile textiles
    bungalow bungalows villas lodge inn guesthouse retreat plantation plantations petroleum drilling mining cargo transport travel tours foods resort resorts clinic school academy shipping
    maritime marine offshore crewing contractor contractors
    group motor fashion laundry cafe hotel salon spa mart collection farm bakery
    """
)
SECTIONS = set_of(
    """
    plant factory line lini gedung gudang unit cell sel afdeling afd divisi div bagian bag workshop building hall cutting sewing
    slitting rewinding knitting moulding casting machining grinding forging plating coating sortir filling mixing blending packing finishing assembly welding painting stamping molding injection spinning weaving area zona sektor regu grup group tim
    pos dock hanggar mesin kandang estate pabrik warehouse store toko depo hall press dyeing loom boiler kebun seksi
    departemen dept bay
    furnace kiln tungku oven tanur smelter pit blast stasiun rayon  sektor floor  shed blower tangki silo  konveyor conveyor
    crusher crane genset meja batch lajur reaktor  bengkel    kolam  rig barge ponton dermaga
    """
)
BRANCHES = set_of(
    "point afd afdeling hub gerai dc cabang outlet unit estate site plant pabrik toko gudang factory depo pool store kantor"
)
COUNTED = set_of(
    """
    kali x orang org bulan bln tahun thn th hari hr jam menit jt juta ribu rb minggu mgg shift persen % kg ton lusin an km meter
    unit miliar lagi
    """
)
ROMAN = re.compile(r"[IVX]{1,4}$")
ADDRESSING = set_of("jl jln jalan gg gang desa ds dusun dsn kp kel kec ruko rt rw blok blk perum komplek lantai lt")
BESIDE = set_of("belakang blkg depan dpn samping smping sebelah sblh seberang sbrg dekat deket dkt")
FAR = set_of("point afd afdeling cabang hub dc site estate depo pool outlet gerai")
NAMED = set_of("bag bagian divisi div dept departemen ruang ruangan unit poli bangsal tim line area seksi")
ACCOUNTS = set_of("rekening rek norek atm kartu transfer trf tf via lewat ke tabungan utang hutang pinjaman saldo")
TIMES = set_of("pagi siang sore malam malem subuh")
WORKS_DONE = set_of(
    """
    cuci potong jahit gudang produksi giling rebus cetak cat las bubut rakit kemas obras sablon bordir setrika gosok pinggir kupas bungkus
    sortir timbang linting press pres rajut celup tenun pintal bongkar muat angkut oven goreng panen semprot filet isi lem amplas serut
    """
)
ITS_BRANCH = set_of("afdeling afd cabang hub outlet gerai seksi site paket unit")
DEALT_IN = set_of("nya ikan simpan pinjam serba usaha makan minum potong cuci jahit jual rakit")
HALF = set_of("shift shif sif floor lantai lt")
LAND = set_of("afdeling afd kebun estate divisi rayon sektor blok")
IN_ADDRESSES = set_of("gedung unit hall building tower pos blok")
ADDRESS_GOES_ON = set_of(
    "lantai lt fl floor kamar kmr kompleks komplek komp perum perumahan jalan jl jln desa kampung kp no nomor rt"
)
TOLD = set_of(
    "tanggal pukul umur usia tahun masa hari minggu bulan pasal anak gaji kelas nomor jumlah total sekitar hampir lebih"
)
PAIRS = {
    "rumah": set_of("makan sakit produksi singgah bersalin potong aman kos"),
    "balai": set_of("latihan pengobatan"),
    "pondok": set_of("pesantren"),
    "panti": set_of("asuhan jompo werdha pijat"),
    "jasa": set_of("ekspedisi kirim"),
    "taman": set_of("kanak penitipan"),
}
MOST_WORDS = 6
MOST_SMALL = 4
