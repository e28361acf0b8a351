from mujaz.arabic.inflection import inflections


def test_a_relative_adjective_takes_all_endings():
    forms = set(inflections("روسي"))
    assert {"روسي", "الروسي", "روسية", "الروسية", "روسيان", "الروسيين", "الروسيون"} <= forms
    assert {"روسيتان", "الروسيتين", "روسيات", "الروسيات", "روسيا"} <= forms
    # The accusative has no article: الروسيا is nothing.
    assert "الروسيا" not in forms


def test_two_words_agree():
    forms = set(inflections("كوري شمالي"))
    assert {"كوري شمالي", "الكوري الشمالي", "الكورية الشمالية", "كوريون شماليون"} <= forms
    assert "كورية شمالي" not in forms


def test_a_first_word_that_is_no_adjective_stays():
    forms = set(inflections("جنوب أفريقي"))
    assert {"جنوب أفريقي", "جنوب أفريقية", "الجنوب أفريقية", "جنوب أفريقيين"} <= forms


def test_the_feminine_stands_for_all_but_the_masculine_singular():
    forms = set(inflections("فيجية"))
    assert {"فيجية", "الفيجية", "فيجيون", "الفيجيين", "فيجيات"} <= forms
    assert "فيجي" not in forms


def test_a_broken_plural_takes_the_article_alone():
    assert set(inflections("أتراك")) == {"أتراك", "الأتراك"}
