import time

import pytest

from mujaz.arabic import LexiconError
from mujaz.arabic.glossary_entry import GlossaryFault
from mujaz.arabic.glossary_tbx import read_tbx

OLD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en">
 <martifHeader><fileDesc><sourceDesc><p>Made for a test</p></sourceDesc></fileDesc></martifHeader>
 <text><body>
  <termEntry id="1">
   <langSet xml:lang="ar-EG"><tig><term>النورس</term></tig></langSet>
   <langSet xml:lang="fr"><tig><term>la mouette</term></tig></langSet>
   <langSet xml:lang="en-US">
    <tig><term>Gull</term>
     <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
    <tig><term>Nawras</term></tig>
    <ntig><termGrp><term>Al-<hi>Nawras</hi></term>
     <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig>
   </langSet>
  </termEntry>
  <termEntry id="2"><langSet xml:lang="fr"><tig><term>mer</term></tig></langSet></termEntry>
 </body></text>
</martif>
"""
NEW = """<?xml version="1.0"?>
<tbx type="TBX-Basic" style="dct" xml:lang="ar" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min">
 <text><body>
  <conceptEntry id="c1">
   <langSec xml:lang="ar"><termSec><term>كتيبة</term></termSec>
    <termSec><term>كتائب</term></termSec></langSec>
   <langSec xml:lang="en">
    <termSec><term>brigade</term>
     <min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>battalion</term>
     <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>regiment</term>
     <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
   </langSec>
  </conceptEntry>
 </body></text>
</tbx>
"""


def read(text):
    return list(read_tbx(text.encode(), "g.tbx"))


def test_the_older_generation():
    (entry,) = read(OLD)
    assert (entry.arabic, entry.english) == (("النورس",), ("Al-Nawras", "Nawras"))
    assert entry.where == "g.tbx:6"


def test_the_newer_generation():
    (entry,) = read(NEW)
    assert (entry.arabic, entry.english) == (("كتيبة", "كتائب"), ("battalion", "brigade"))


def test_a_concept_in_the_wrong_letters_is_a_fault():
    (fault,) = read(NEW.replace("كتائب", "brigades"))
    assert isinstance(fault, GlossaryFault)
    assert (fault.line, fault.message) == (5, "has 'brigades' where Arabic is expected")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "cannot read"),
        ("<martif>", "cannot read"),
        ("النورس\tGull", "cannot read"),
        ("<html><body/></html>", "begins with <html>"),
        ("<tbx><text/></tbx>", "no concept in Arabic and English"),
        (NEW.replace('"ar"', '"fa"'), "no concept in Arabic and English"),
    ],
)
def test_what_is_no_glossary_in_tbx(text, message):
    with pytest.raises(LexiconError, match=message):
        read(text)


def bomb(place):
    layers = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "haha">' for n in range(12)
    )
    text = NEW.replace("<tbx", f"<!DOCTYPE tbx [{layers}]>\n<tbx", 1)
    return text.replace(*place, 1)


@pytest.mark.parametrize("place", [("brigade", "&l11;"), ('id="c1"', 'id="&l11;"'), ("", "")])
def test_no_entity_is_expanded(place):
    begin = time.monotonic()
    with pytest.raises(LexiconError, match=r"declares entities|cannot read"):
        read(bomb(place))
    assert time.monotonic() - begin < 5


@pytest.mark.parametrize("name", ["file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_nothing_outside_is_read(name):
    entity = f'<!DOCTYPE tbx [<!ENTITY x SYSTEM "{name}">]>\n<tbx'
    with pytest.raises(LexiconError, match="declares entities"):
        read(NEW.replace("<tbx", entity, 1).replace("brigade", "&x;", 1))
    subset = f'<!DOCTYPE tbx SYSTEM "{name}">\n<tbx'
    assert len(read(NEW.replace("<tbx", subset, 1))) == 1
    parameter = f'<!DOCTYPE tbx [<!ENTITY % x SYSTEM "{name}"> %x;]>\n<tbx'
    with pytest.raises(LexiconError, match=r"declares entities|cannot read"):
        read(NEW.replace("<tbx", parameter, 1))
