using FluentValidation;

namespace Diaspora.Domain.Members;

/// <summary>What staff want to remember of a member. Members do not read it.</summary>
public sealed class MemberNote(Guid id, Guid memberId, string text, Guid writtenBy, DateTime createdAt)
{
    public const int MaxLength = 1000;

    public Guid Id { get; private set; } = id;

    public Guid MemberId { get; private set; } = memberId;

    public string Text { get; private set; } = text;

    public Guid WrittenBy { get; private set; } = writtenBy;

    public DateTime CreatedAt { get; private set; } = createdAt;

    internal void HandTo(Guid memberId) => MemberId = memberId;
}

public sealed record NoteRow(Guid Id, string Text, string? WrittenBy, DateTime CreatedAt);

public sealed class WriteNoteForm
{
    /// <summary>Made with the form; the same form sent twice is one note.</summary>
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public string Text { get; set => field = value.Visible(); } = "";
}

public sealed class WriteNoteFormValidator : AbstractValidator<WriteNoteForm>
{
    public WriteNoteFormValidator() => RuleFor(form => form.Text).Check(text =>
        string.IsNullOrWhiteSpace(text) ? new Problem(Problems.NoteEmpty)
        : text.Trim().Length > MemberNote.MaxLength ? new Problem(Problems.TooLong, MemberNote.MaxLength)
        : null);
}
