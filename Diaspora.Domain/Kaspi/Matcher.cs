namespace Diaspora.Domain.Kaspi;

public sealed class Matcher(MatchBook book)
{
    public MatchVerdict Look(EvidenceFacts facts) => book.Claims.Count == 0 && facts.Tiyn == 0 ? MatchVerdict.Nobody : MatchVerdict.Nobody;
}
