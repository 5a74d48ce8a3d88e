"""The words for kinds of places smaller than a town, as Indonesia's regions and the countries of placement have them."""

from __future__ import annotations

from .words import set_of

# What a village, hamlet or quarter is called, from Aceh to Papua
VILLAGES = set_of(
    """
    desa ds dusun dsn dukuh dk kp kmp kg kampung kampong kampuang kampoeng negeri nagari jorong korong gampong meunasah mukim
    kelurahan kalurahan kel kecamatan kapanewon kemantren kec pekon tiyuh umbul talang dasan gubuk gubug montong banjar br tempek lingkungan lingk link lk
    pedukuhan padukuhan grumbul ohoi lembang huta lumban sosor dolok wanua banua binua lewu lewo temukung boya soa pulau parit
    handil anjir distrik wijk pasar perkampungan lorong desanya mukim felda felcra barangay
    """
)
STREETS = set_of(
    """
    jl jln jlan jalan jlnn gg gang lr lorong lrg st street road lane alley ave avenue boulevard blvd lebuh lebuhraya persiaran
    pengkolan tikungan pertigaan perempatan prapatan bundaran
    ul ulica sok sokak cad caddesi mah mahallesi str strasse straße rue calle rua avenida via syari sharia shari
    """
)
# Where people live or lodge together
HOUSES = set_of(
    """
    perum perumnas perumahan komplek kompleks komp kontrakan kosan kost kos kostan mess mes asrama rusun rusunawa rusunami rumdis
    apartemen apartment apart apt aparteman wisma ruko blok blk block flat room rm tower menara graha griya puri plaza villa vila
    residence cluster klaster kavling kapling kav mansion edificio bldg hostel dorm dormitory penginapan losmen shelter bedeng
    bedengan barak house kondominium condo kondo hall hse shop gedung mall mal btn emplasemen emplasmen emplasement pondok pondokan
    paviliun pavilion taman pangsapuri rumah hayy hay syuqqoh syuqoh syaqqah imarah imaroh gubuk camp bangunan edf edif kontener mieszkanie jakhan lojman
    """
)
PARTS = set_of(
    """
    spg kamar kmr lantai lt ln building bldg lot tingkat tkt neighborhood neighbourhood no nomor nmr rt rw rk unit sec section alley floor fl tower pintu bilik km sp simpang barak petak lapak daire kapi bloco andar chome gou goushitsu
    los kios
    """
)
AFTER = set_of(
    """
    rd road st street ave avenue lane tower mansion mansions estate garden gardens neighborhood neighbourhood dist district township court building residence residences village
    house heights arcade centre center plaza boulevard sok sokak cad caddesi mah mahallesi apt apartmani chome gai lu cun blvd drive close crescent terrace regency camp compound
    """
)
VILLAGE_WORDS = set_of(
    """
    suka sumber tanjung kampung pasar kota batu air sungai bukit gunung ujung tanah pulau muara karang rawa kebon kebun lubuk
    padang teluk
    """
)
SIDES = set_of(
    """
    lor kidul wetan kulon tengah pantai barat timur utara selatan atas bawah dalam luar hilir hulu raya baru lama indah permai
    asri buntu kaler girang landeuh tonggoh satu dua tiga lt
    """
)
BUILT = set_of(
    """
    karaoke masjid mesjid gereja musholla mushola surau langgar pura vihara kelenteng toko warung pabrik sekolah pasar terminal
    stasiun puskesmas balai kantor lapangan makam kuburan supermarket minimarket apartemen hotel salon bengkel spbu pom bensin
    sungai kali jembatan rel sd smp sma polsek pos ronda proyek kebun kandang gudang rumah
    """
)
BESIDE = set_of("belakang blkg depan dpn samping smping sebelah sblh seberang sbrg dekat deket dkt pinggir atas bawah")
# Cues of houses after which a word with a capital that is an everyday word names nothing by itself
GENERAL = set_of(
    """
    pulau negeri pasar kecamatan kec gedung mall mal asrama mess apartemen kos kost taman pondok griya puri rumah camp link lk
    hay barak tower room rm bangunan
    """
)
NUMBERED = set_of(
    """
    gg gang jl jln lane alley villa blok blk block flat room rm kavling kapling kav ruko rumah house lorong lrg lr bedeng bedengan
    barak pondok pondokan mess mes emplasemen emplasmen emplasement kontrakan btn gedung syuqqoh syuqoh syaqqah imarah
    """
)
# Buildings and streets are called after people with their titles
HONOURING = STREETS | set_of("gedung bangunan wisma menara masjid komplek kompleks perum perumahan")
