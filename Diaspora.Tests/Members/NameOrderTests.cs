using Diaspora.Domain.Members;

namespace Diaspora.Tests.Members;

public sealed class NameOrderTests
{
    [Fact]
    public void Sort_NamesOfThreeAlphabets_ReadsFromTheFirstLetterToTheLast()
    {
        string[] inOrder =
        [
            "Аббасова Зарина", "Аббасова Камила", "Аббасова Нигяр", "Аббасова Фатима", "Алиев Рашад", "Aliyev Rashad", "Әлиев Орхан", "Əliyev Orxan",
            "Бабаев Самир", "Гасанов Тимур", "Quliyev Anar", "Ғабитов Ерлан", "Ёлкин Олег", "Иванов Иван", "Қасымова Ұлвия", "Эфендиева Лейла", "Яшар Мурад",
        ];
        Assert.Equal(inOrder, inOrder.Reverse().OrderBy(NameOrder.KeyOf, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void Sort_EmptyName_HasAnEmptyKey(string? name) => Assert.Equal("", NameOrder.KeyOf(name));
}
