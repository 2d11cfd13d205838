from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.problems import DataError, Problem, ProblemKind
from components.reading.encodings import decode

FRENCH = "id;nom;parent\n1;Préfecture;\n2;Œuvres sociales;1\n3;Bureau de l’égalité;1\n"
SPANISH = "id;nombre\n1;Ministerio de Educación\n2;Dirección de Niñez\n3;Oficina de España\n"
GERMAN = "id;name\n1;Bürgermeister\n2;Amt für Straßen und Brücken\n3;Grünflächenamt\n"
ITALIAN = "id,nome\n1,Ministero\n2,Direzione qualità\n3,Autorità per l’università\n"
PORTUGUESE = "id;nome\n1;Ministério da Saúde\n2;Secretaria de Gestão\n3;Licitações\n"
DANISH = "id;navn\n1;Miljøministeriet\n2;Rådet for grøn omstilling\n3;Færdselsstyrelsen\n"
POLISH = "id;nazwa\n1;Urząd Miasta Łódź\n2;Wydział Środowiska\n3;Biuro Zarządzania\n"
CZECH = "id;název\n1;Ministerstvo školství\n2;Úřad vlády\n3;Odbor řízení lidských zdrojů\n"
RUSSIAN = "id;название\n1;Министерство финансов\n2;Департамент бюджета\n3;Отдел кадров\n"
GREEK = "id;όνομα\n1;Υπουργείο Παιδείας\n2;Γενική Γραμματεία\n3;Τμήμα Οικονομικού\n"
TURKISH = "id;ad\n1;İçişleri Bakanlığı\n2;Strateji Geliştirme Başkanlığı\n3;Eğitim Dairesi\n"
JAPANESE = "コード,名称,上位コード\n1,総務省,\n2,大臣官房,1\n3,行政管理局,1\n4,自治行政局,1\n"
KOREAN = "기관코드,기관명,차상위기관코드\n1,행정안전부,\n2,기획조정실,1\n3,인사과,2\n"
CHINESE = "编号,名称,上级\n1,国务院,\n2,办公厅,1\n3,人事司,1\n4,财务处,2\n"
TAIWANESE = "編號,名稱,上級\n1,行政院,\n2,內政部,1\n3,財政部,1\n4,教育部,1\n"


def rejection(data: bytes, encoding: str = "") -> Problem:
    with pytest.raises(DataError) as raised:
        decode(data, encoding, "staff")
    (problem,) = raised.value.problems
    assert problem.remedy
    return problem


class TestAnEncoding:
    @pytest.mark.parametrize(
        ("text", "codec", "called"),
        [
            ("id,name\n1,Board\n", "ascii", "UTF-8"),
            (JAPANESE, "utf-8", "UTF-8"),
            (JAPANESE, "utf-8-sig", "UTF-8 with byte-order mark"),
            (JAPANESE, "utf-16", "UTF-16"),
            (JAPANESE, "utf-16-le", "UTF-16"),
            (GERMAN, "utf-16-be", "UTF-16"),
            (GERMAN, "utf-32", "UTF-32"),
            (FRENCH, "cp1252", "Windows-1252"),
            (SPANISH, "cp1252", "Windows-1252"),
            (GERMAN, "cp1252", "Windows-1252"),
            (ITALIAN, "cp1252", "Windows-1252"),
            (PORTUGUESE, "cp1252", "Windows-1252"),
            (DANISH, "cp1252", "Windows-1252"),
            (POLISH, "cp1250", "Windows-1250"),
            (CZECH, "cp1250", "Windows-1250"),
            (RUSSIAN, "cp1251", "Windows-1251"),
            (RUSSIAN, "koi8-r", "KOI8-R"),
            (GREEK, "cp1253", "Windows-1253"),
            (TURKISH, "cp1254", "Windows-1254"),
            (FRENCH, "mac-roman", "Mac Roman"),
            (JAPANESE, "shift_jis", "Shift-JIS"),
            (JAPANESE, "euc_jp", "EUC-JP"),
            (KOREAN, "euc_kr", "EUC-KR"),
            (KOREAN + "4,뷁과,2\n", "cp949", "CP949"),
            (CHINESE, "gb18030", "GB18030"),
            (TAIWANESE, "big5", "Big5"),
        ],
    )
    def test_is_found_and_named_as_people_know_it(self, text: str, codec: str, called: str) -> None:
        decoded = decode(text.encode(codec), "", "staff")

        assert (decoded.text, decoded.encoding, decoded.damaged) == (text, called, False)

    @pytest.mark.parametrize(
        "name", ["Verkehrsamt für Köln", "Qualità", "Café", "Mayor’s Office", "Audit – Board"]
    )
    def test_is_windows_1252_where_a_single_name_has_accents_or_typographic_marks(
        self, name: str
    ) -> None:
        text = f"id,name\n1,Board\n2,{name}\n"

        decoded = decode(text.encode("cp1252"), "", "staff")

        assert (decoded.text, decoded.encoding) == (text, "Windows-1252")

    @pytest.mark.parametrize(
        ("asked", "codec"),
        [
            ("cp1250", "cp1250"),
            ("Windows-1250", "cp1250"),
            ("Shift-JIS", "cp932"),
            ("Mac Roman", "mac-roman"),
            ("UTF-16", "utf-16"),
            (" latin-1 ", "latin-1"),
            ("UTF-8 with byte-order mark", "utf-8-sig"),
            ("utf-8", "utf-8-sig"),
        ],
    )
    def test_may_be_set_by_its_name_in_python_or_for_people(self, asked: str, codec: str) -> None:
        assert decode("id,name\n".encode(codec), asked, "staff").text == "id,name\n"

    def test_that_is_set_takes_precedence_over_a_guess(self) -> None:
        assert decode("é".encode(), "cp1252", "staff").text == "Ã©"

    @pytest.mark.parametrize("asked", ["klingon", "rot13", "undefined", "utf-8\0", "base64", "é"])
    def test_that_is_unknown_is_rejected(self, asked: str) -> None:
        problem = rejection(b"name\n", asked)

        assert problem.kind is ProblemKind.NO_SUCH_CHOICE
        assert f"“{asked}”" in problem.reason


class TestDamagedText:
    def test_is_still_utf_8_if_a_few_bytes_are_not(self) -> None:
        decoded = decode("name\nBrûlé\nÉcole\n".encode() + b"x\xff\n", "", "staff")

        assert decoded.text == "name\nBrûlé\nÉcole\nx\ufffd\n"
        assert (decoded.encoding, decoded.damaged) == ("UTF-8", True)

    def test_may_end_within_a_character(self) -> None:
        decoded = decode("名称\n総務省".encode()[:-1], "", "staff")

        assert decoded.text == "名称\n総務\ufffd"
        assert decoded.damaged

    def test_may_be_utf_16_with_half_a_character_at_its_end(self) -> None:
        decoded = decode("name\nBoard\n".encode("utf-16") + b"x", "", "staff")

        assert decoded.text == "name\nBoard\n\ufffd"
        assert (decoded.encoding, decoded.damaged) == ("UTF-16", True)

    def test_may_be_in_an_encoding_that_is_set(self) -> None:
        decoded = decode("総務省".encode("shift_jis") + b"\xff", "shift_jis", "staff")

        assert decoded.text == "総務省\ufffd"
        assert decoded.damaged


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0" * 1000])
def test_a_binary_file_is_rejected(data: bytes) -> None:
    problem = rejection(data)

    assert problem.kind is ProblemKind.UNKNOWN_FORMAT
    assert "binary" in problem.reason


@given(st.binary(max_size=300), st.sampled_from(["", "utf-16", "cp1252", "shift_jis", "utf-7"]))
def test_any_bytes_are_decoded_or_rejected(data: bytes, encoding: str) -> None:
    try:
        decoded = decode(data, encoding, "staff")
    except DataError:
        return
    assert decoded.encoding
    assert len(decoded.text) <= len(data)


@given(
    # A NUL behind the mark of UTF-16 makes it that of UTF-32.
    st.text(max_size=100).filter(lambda text: not text.startswith("\0")),
    st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]),
)
def test_any_text_with_a_byte_order_mark_is_decoded_unchanged(text: str, codec: str) -> None:
    try:
        data = text.encode(codec)
    except UnicodeEncodeError:
        return
    assert decode(data, "", "staff").text == text.removeprefix("\ufeff")
