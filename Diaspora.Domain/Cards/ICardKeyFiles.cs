namespace Diaspora.Domain.Cards;

/// <summary>The keys that cards are signed with, where every portal over the same data finds them. What is in a file is sealed already.</summary>
public interface ICardKeyFiles
{
    /// <summary>The newest first.</summary>
    IReadOnlyList<(int Number, byte[] Content)> Read();

    /// <returns>Whether it is there now by us: another portal may have been quicker.</returns>
    bool Add(int number, byte[] content);
}
