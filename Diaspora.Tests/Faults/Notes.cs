using System.Collections.Concurrent;

namespace Diaspora.Tests.Faults;

/// <summary>A verb of somebody's that was begun, or that was answered as done.</summary>
internal sealed record Note(bool IsDone, AuditAction Verb, Guid About);

/// <summary>What a portal says of each verb in it before and after, a line each. What it said before it was killed was heard.</summary>
internal sealed class Notes
{
    private const string Mark = "noted:";
    private const string Done = "done";
    private const string Fault = "fault";
    private readonly ConcurrentQueue<Note> _heard = [];
    private readonly ConcurrentQueue<string> _faults = [];

    public IReadOnlyCollection<Note> Heard => _heard;

    /// <summary>What broke instead of being refused.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public void Hear(string line)
    {
        switch (line.Split(' '))
        {
            case [Mark, Fault, ..]:
                _faults.Enqueue(line);
                break;
            case [Mark, var what, var verb, var about]:
                _heard.Enqueue(new Note(what == Done, Enum.Parse<AuditAction>(verb), Guid.Parse(about)));
                break;
        }
    }

    /// <summary>Says it, does it, and says that it was answered.</summary>
    public static async Task DoAsync(AuditAction verb, Guid about, Func<Task> act)
    {
        Console.WriteLine($"{Mark} begun {verb} {about}");
        await act();
        Tell(verb, about);
    }

    /// <summary>For what has no id before it is done.</summary>
    public static void Tell(AuditAction verb, Guid about) => Console.WriteLine($"{Mark} {Done} {verb} {about}");

    public static void Tell(Exception fault) => Console.WriteLine($"{Mark} {Fault} {fault.ToString().ReplaceLineEndings(" ")}");
}
