using Diaspora.Domain.Kaspi;

namespace Diaspora.Tests.Kaspi;

/// <summary>What is read of a call of the bank, and how it is answered, letter by letter.</summary>
public sealed class BillerRulesTests
{
    [Theory]
    [InlineData("2000.00", 200_000L)]
    [InlineData("2000", 200_000L)]
    [InlineData("2000,5", 200_050L)]
    [InlineData("1", 100L)]
    [InlineData("100000000.00", 10_000_000_000L)]
    [InlineData("0", null)]
    [InlineData("0.50", null)]
    [InlineData("-5", null)]
    [InlineData("+5", null)]
    [InlineData("1e9", null)]
    [InlineData("1000000000", null)]
    [InlineData("99999999999999999999999", null)]
    [InlineData("2 000", null)]
    [InlineData("2000.001", null)]
    [InlineData("2000.", null)]
    [InlineData("٢٠٠٠", null)]
    [InlineData("2000\n", null)]
    [InlineData("", null)]
    public void Read_Sum_IsTiynOrNothing(string sum, long? tiyn) => Assert.Equal(tiyn, BillerRequest.TiynOf(sum));

    [Theory]
    [InlineData("123456789012345678", "123456789012345678")]
    [InlineData("1234567890123456789", "")]
    [InlineData("12a", "")]
    [InlineData(" 12", "")]
    [InlineData("-1", "")]
    [InlineData(null, "")]
    public void Read_Transaction_IsTheBanksNumberOrNothing(string? said, string known) => Assert.Equal(known, Read(("txn_id", said)).Transaction);

    [Theory]
    [InlineData("20260331235959", "2026-03-31T23:59:59")]
    [InlineData("20260230000000", null)]
    [InlineData("2026-03-31", null)]
    [InlineData("19000101000000", null)]
    [InlineData(null, null)]
    public void Read_Time_IsLocalOrNothing(string? said, string? known) => Assert.Equal(known, Read(("txn_date", said)).At?.ToString("s"));

    [Theory]
    [InlineData("check", BillerCommand.Check)]
    [InlineData("pay", BillerCommand.Pay)]
    [InlineData("PAY", BillerCommand.Unknown)]
    [InlineData("refund", BillerCommand.Unknown)]
    [InlineData(null, BillerCommand.Unknown)]
    public void Read_Command_IsOneOfTwo(string? said, BillerCommand known) => Assert.Equal(known, Read(("command", said)).Command);

    [Fact]
    public void Write_Check_IsAsTheProtocolShowsIt()
    {
        var answer = new BillerAnswer("1234567", BillerResult.Ok, Tiyn: 200_000) { Comment = "OK", Fields = [("Участник", "Айгүн М."), ("К оплате", "март, апрель 2026")] };
        Assert.Equal(
            """{"txn_id":"1234567","result":0,"sum":"2000.00","comment":"OK","fields":{"field1":{"@name":"Участник","#text":"Айгүн М."},"field2":{"@name":"К оплате","#text":"март, апрель 2026"}}}""",
            answer.Write(BillerFormat.Json));
    }

    [Fact]
    public void Write_Pay_IsAsTheProtocolShowsIt() => Assert.Equal(
        """{"txn_id":"7654321","prv_txn":"1041","prv_txn_id":"1041","result":0,"sum":"2000.00","comment":"OK"}""",
        new BillerAnswer("7654321", BillerResult.Ok, 1041, 200_000) { Comment = "OK" }.Write(BillerFormat.Json));

    [Fact]
    public void Write_Xml_IsAsTheProtocolShowsIt() => Assert.Equal(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><txn_id>7654321</txn_id><prv_txn>1041</prv_txn><sum>2000.00</sum><result>0</result><fields><field1 name=\"Участник\">Айгүн &lt;М&gt;.</field1></fields><comment>OK</comment></response>",
        new BillerAnswer("7654321", BillerResult.Ok, 1041, 200_000) { Comment = "OK", Fields = [("Участник", "Айгүн <М>.")] }.Write(BillerFormat.Xml));

    [Theory]
    [InlineData("Мамедова Айгүн Рашадқызы", "Айгүн М.")]
    [InlineData("Əliyev Rəşad", "Rəşad Ə.")]
    [InlineData("Айгүн", "Айгүн")]
    public void Show_Name_IsWhatKaspiShowsOfPeople(string name, string shown) => Assert.Equal(shown, BillerService.ShortName(name));

    private static BillerRequest Read(params (string Name, string? Value)[] said) => BillerRequest.Read(name => said.FirstOrDefault(one => one.Name == name).Value, "");
}
