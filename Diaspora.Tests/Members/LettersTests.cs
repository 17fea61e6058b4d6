using System.Globalization;
using System.Text;
using Diaspora.Domain.Import;
using Diaspora.Domain.Members;

namespace Diaspora.Tests.Members;

/// <summary>Every letter of every alphabet that members write their names in has its place, large or small, in one sign or in two.</summary>
public sealed class LettersTests
{
    /// <summary>Each letter as its large and its small form.</summary>
    private static readonly Dictionary<string, string> Alphabets = new()
    {
        ["Azerbaijani"] = "Aa Bb Cc Çç Dd Ee Əə Ff Gg Ğğ Hh Xx Iı İi Jj Kk Qq Ll Mm Nn Oo Öö Pp Rr Ss Şş Tt Uu Üü Vv Yy Zz",
        ["Azerbaijani in Cyrillic"] = "Аа Бб Вв Гг Ғғ Дд Ее Әә Жж Зз Ии Йй Ыы Јј Кк Ҝҝ Лл Мм Нн Оо Өө Пп Рр Сс Тт Уу Үү Фф Хх Һһ Цц Чч Ҹҹ Шш Ээ Юю Яя",
        ["Kazakh"] = "Аа Әә Бб Вв Гг Ғғ Дд Ее Ёё Жж Зз Ии Йй Кк Ққ Лл Мм Нн Ңң Оо Өө Пп Рр Сс Тт Уу Ұұ Үү Фф Хх Һһ Цц Чч Шш Щщ Ъъ Ыы Іі Ьь Ээ Юю Яя",
        ["Kazakh in Latin, 2021"] = "Aa Ää Bb Dd Ee Ff Gg Ğğ Hh Iı İi Jj Kk Ll Mm Nn Ññ Oo Öö Pp Qq Rr Ss Şş Tt Uu Ūū Üü Vv Yy Zz",
        ["Kazakh in Latin, 2018"] = "Aa Áá Bb Dd Ee Ff Gg Ǵǵ Hh Iı İi Jj Kk Ll Mm Nn Ńń Oo Óó Pp Qq Rr Ss Tt Uu Úú Vv Yy Ýý Zz",
        ["Russian"] = "Аа Бб Вв Гг Дд Ее Ёё Жж Зз Ии Йй Кк Лл Мм Нн Оо Пп Рр Сс Тт Уу Фф Хх Цц Чч Шш Щщ Ъъ Ыы Ьь Ээ Юю Яя",
        ["Turkish"] = "Aa Ââ Bb Cc Çç Dd Ee Ff Gg Ğğ Hh Iı İi Îî Jj Kk Ll Mm Nn Oo Öö Pp Rr Ss Şş Tt Uu Ûû Üü Vv Yy Zz",
    };

    public static TheoryData<string> Names => [.. Alphabets.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Key_EveryLetterOfAnAlphabet_HasAPlaceInTheOrder(string alphabet) => None(alphabet, letter => NameOrder.KeyOf(letter), mayBeSilent: false);

    [Theory]
    [MemberData(nameof(Names))]
    public void Key_EveryLetterOfAnAlphabet_IsSearched(string alphabet) => None(alphabet, NameSkeleton.Of, mayBeSilent: true);

    [Fact]
    public void Sort_AnAzerbaijaniName_StandsByItsFirstLetter()
    {
        string[] inOrder = ["Бабаев Самир", "Ганиев Тимур", "İbrahimov Anar", "İsmayılov Rəşad", "Казымов Вугар", "Ҹавадов Ҝүнел"];
        Assert.Equal(["Бабаев Самир", "Ганиев Тимур", "Ҹавадов Ҝүнел", "İbrahimov Anar", "İsmayılov Rəşad", "Казымов Вугар"], inOrder.OrderBy(NameOrder.KeyOf, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("İYUN 2025", "2025-06")]
    [InlineData("IYUN 2025", "2025-06")]
    [InlineData("İYUL 2025", "2025-07")]
    [InlineData("ма\u0438\u0306 2025", "2025-05")]
    [InlineData("МА\u0418\u0306 2025", "2025-05")]
    [InlineData("Сәуі\u200Bр 2025", "2025-04")]
    [InlineData("Август\u00AD 2025", "2025-08")]
    [InlineData("ŞILDE 2025", "2025-07")]
    [InlineData("Сентјабр 2025", "2025-09")]
    [InlineData("İyun\u00A02025", "2025-06")]
    [InlineData("AĞUSTOS 2025", "2025-08")]
    [InlineData("KASIM 2025", "2025-11")]
    public void TryRead_AMonthInLargeLetters_IsThatMonth(string text, string expected)
    {
        Assert.True(ImportMonths.TryRead(text, out var month));
        Assert.Equal(Period.Parse(expected), month);
    }

    [Theory]
    [InlineData("ÖDƏNİLİB")]
    [InlineData("BƏLİ")]
    [InlineData("Bəli")]
    [InlineData("БӘЛИ")]
    [InlineData("ИӘ")]
    [InlineData("✔️")]
    [InlineData("✅")]
    [InlineData("☑️")]
    [InlineData("\u200Bда\uFEFF")]
    [InlineData("опла\u00ADчено")]
    public void Read_AMarkInLargeLettersOrAsASign_IsPaid(string text)
    {
        Assert.Null(ImportMark.Read(text, out var mark));
        Assert.True(mark.IsPaid);
    }

    /// <summary>What is wrong with a letter: it has no place, or another one when it is written large or in two signs.</summary>
    private static void None(string alphabet, Func<string, string> key, bool mayBeSilent)
    {
        List<string> wrong = [];
        foreach (var pair in Alphabets[alphabet].Split(' '))
        {
            string[] forms = [pair[..1], pair[1..], pair[..1].Normalize(NormalizationForm.FormD), pair[1..].Normalize(NormalizationForm.FormD)];
            var keys = forms.Select(key).Distinct().ToList();
            if (keys.Count != 1 || (keys[0].Length == 0 && !(mayBeSilent && pair is "Ъъ" or "Ьь")))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{pair}: {string.Join(" | ", forms.Select(key))}"));
            }
        }

        Assert.True(wrong.Count == 0, $"{alphabet}: {string.Join(", ", wrong)}");
    }
}
