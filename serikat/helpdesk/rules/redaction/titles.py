"""Words with which people are spoken of and to, before a name."""

from __future__ import annotations

from .words import set_of

TITLES = set_of(
    """
    sr fr adv inaq amaq papuq mdm buya dra drg hjh a-kong aa abah abang abi abu ah aiptu ajo akang aki akp ama amang andi ate auntie aunty baba babah bang bapa bapak bg bi
    bibi big bli bos boss bpk bripka bruder bu bude budhe bulik bung cak capt captain ce cece ceu ceuk ci cici cik cut daeng
    datin dato datuk dokter dr drs encik encim engkoh eyang gek gus h haji hajjah hj ibu ibuk ina inang ipda iptu ir ito
    jero ka kak kaka kang kapt karaeng kek kiai ko koh koko kokoh kombes kompol kuya kyai lae laoban laopan lopan ma'am maam
    mace madam maitua makcik mam mama mamah mamang mami mamih mang mas mb mba mbah mbak mbakyu mbk mbok mem miss mister mr
    mrs ms mz namboru ncik nek neng ning nini non nona ny nyai nyak nyong nyonya om oma ompung oom opa pace paitua pak
    pakcik pakde pakdhe paklek paman papa papi pastor pdt pendeta prof puan puang raden romo san saudara saudari sdr sdri
    sensei shacho sheikh sir sister sus suster syekh taitai tan tante teh teteh teuku teungku tgk tok tu tuan tulang uda udo
    umi umm ummi ummu uncle uni ust ustad ustadz ustadzah ustaz uwak wa wak yu
    """
)
