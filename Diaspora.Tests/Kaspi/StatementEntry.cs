namespace Diaspora.Tests.Kaspi;

/// <summary>What moves on an account, as any of the files tells it. Who sent more than nothing, sent it to the association.</summary>
/// <param name="Tiyn">What went out is negative.</param>
/// <param name="As">What a Gold statement calls it, where its sign does not say so.</param>
/// <param name="Foreign">What it was in another currency, in a row of its own.</param>
public sealed record StatementEntry(DateOnly On, TimeOnly At, long Tiyn, string Payer, string Message = "", string Operation = "", GoldKind As = GoldKind.BySign, string Foreign = "")
{
    public static StatementEntry Of(string day, string time, long tenge, string payer, string message = "", string operation = "") =>
        new(DateOnly.ParseExact(day, "yyyy-MM-dd"), TimeOnly.ParseExact(time, "HH:mm"), tenge * 100, payer, message, operation);
}

public enum GoldKind
{
    BySign,
    TopUp,
    Transfer,
    Purchase,
    Cash,
    Other,
    FromOwn,
    ToOwn,
    Credit,
}

public enum GoldLanguage
{
    Russian,
    English,
    Kazakh,
}
