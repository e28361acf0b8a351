"""Articles written for the tests."""

from mujaz.arabic import Article

FLOOD = [
    "اجتاحت سيول جارفة مدينة الوادي بعد أمطار غزيرة هطلت طوال ليلة الخميس.",
    "كان المزارع سالم يستعد لبيع محصول التمر في السوق الأسبوعية كعادته كل عام.",
    "يحب الأطفال في القرية لعب كرة القدم قرب المدرسة القديمة بعد العصر.",
    "أدت سيول مدينة الوادي إلى مقتل أربعة أشخاص وانهيار جسرين وقطع طرق المدينة.",
    "تشتهر المنطقة بصناعة السجاد اليدوي الذي يصدر إلى بلدان كثيرة.",
    "أعلنت الحكومة إرسال فرق إنقاذ إلى مدينة الوادي لإجلاء العائلات التي حاصرتها السيول.",
]


def article(*paragraphs: str, title: str = "", id: str = "a") -> Article:
    return Article(id=id, title=title, text="\n\n".join(paragraphs))


def flood(title: str = "") -> Article:
    return article(*FLOOD, title=title, id="flood")
