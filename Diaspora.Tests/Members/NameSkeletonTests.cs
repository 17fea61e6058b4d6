using Diaspora.Domain.Members;
using Xunit;

namespace Diaspora.Tests.Members;

public sealed class NameSkeletonTests
{
    [Theory]
    [InlineData("Алиев", "Әлиев", "Əliyev", "Aliyev", "ALIYEV", "Aliev", "алиев")]
    [InlineData("Қасымова", "Касымова", "Kasymova", "Qasımova")]
    [InlineData("Юсупов", "Yusupov")]
    [InlineData("Исмаилов", "İsmailov", "Ismailov")]
    [InlineData("Ибрагимов", "İbragimov", "IBRAGIMOV")]
    [InlineData("Шахин", "Şahin", "Shahin", "Shakhin")]
    [InlineData("Эльчин", "Elçin", "Elchin")]
    [InlineData("Бабаева", "Babayeva", "Babaeva")]
    [InlineData("Сергей", "Серге\u0438\u0306", "Sergey", "Sergei")]
    [InlineData("Жумабаев", "Жұмабаев", "Zhumabayev", "Jumabaev")]
    [InlineData("Нуриева Айгюн", "  Nuriyeva   Aygun ", "Nuriyeva Aygün")]
    public void Search_SpellingsOfOneName_Meet(params string[] spellings) => Assert.Single(spellings.Select(NameSkeleton.Of).Distinct());

    /// <summary>Other sounds, not other spellings: who looks for one does not get the other.</summary>
    [Theory]
    [InlineData("Гасанов", "Həsənov")]
    [InlineData("Мамедова", "Məmmədova")]
    [InlineData("Алиев", "Валиев")]
    [InlineData("Алиев", "Алиева")]
    public void Search_OtherSounds_DoNotMeet(string one, string other) => Assert.NotEqual(NameSkeleton.Of(one), NameSkeleton.Of(other));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("—")]
    public void Search_Nothing_IsEmpty(string? text) => Assert.Equal("", NameSkeleton.Of(text));

    [Theory]
    [InlineData("İSMAYILOVA Gülnar")]
    [InlineData("Ўзбек Ғани Ҳамид")]
    [InlineData("O’Neil Éric-Jean")]
    [InlineData("Ли Д. 2")]
    public void Search_AnyName_IsLowerLatinWithSingleSpaces(string name) => Assert.Matches("^[a-z0-9]+( [a-z0-9]+)*$", NameSkeleton.Of(name));

    /// <summary>One letter would stay of them, and everybody has it.</summary>
    [Theory]
    [InlineData("zzz")]
    [InlineData("qqqqq")]
    [InlineData("мм")]
    [InlineData("aa bb")]
    [InlineData("shshsh")]
    [InlineData("ssaa")]
    public void Search_LettersSaidAgainAndAgain_FindsNobody(string typed) =>
        Assert.DoesNotContain(NameSkeleton.Sought(typed), NameSkeleton.Of("Маммад Заззаов Саккит Аббасов Шахин Али"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Мамм")]
    [InlineData("Маммад")]
    [InlineData("Sh")]
    [InlineData("Юй")]
    [InlineData("Seyyid")]
    [InlineData("Əliyyin")]
    [InlineData("Аббас")]
    [InlineData("Ии Саккит")]
    public void Search_ANameWithDoubledLetters_IsAsStored(string typed) => Assert.Equal(NameSkeleton.Of(typed), NameSkeleton.Sought(typed));

    [Theory]
    [InlineData("Əliyev Rəşad", "əliy")]
    [InlineData("Алиев Рашад", "Rash")]
    [InlineData("Қасымова Айгерім", "касым")]
    public void Search_TheBeginning_FindsTheName(string name, string typed) =>
        Assert.Contains(NameSkeleton.Of(typed), NameSkeleton.Of(name), StringComparison.Ordinal);
}
