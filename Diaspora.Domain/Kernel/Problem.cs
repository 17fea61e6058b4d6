namespace Diaspora.Domain.Kernel;

/// <summary>
/// What is wrong, in a form every language can say: a key of <see cref="Problems"/> and the values of its sentence
/// (text, whole numbers, <c>Period</c>, <c>Money</c>, UTC instants). The Web project turns it into words.
/// </summary>
public sealed record Problem(string Code, params object[] Args)
{
    public override string ToString() => Args.Length == 0 ? Code : $"{Code}({string.Join(", ", Args)})";
}

/// <summary>A rule that was broken. The reader may see the sentence of its <see cref="Problem"/>.</summary>
public sealed class DomainException(Problem problem) : Exception(problem.Code)
{
    public DomainException(string code, params object[] args) : this(new Problem(code, args)) { }

    public Problem Problem { get; } = problem;

    /// <summary>The page or file does not exist for this reader: answered with 404, whether it exists for others or not.</summary>
    public bool IsNotFound => Problem.Code == Problems.NotFound;
}
