namespace Diaspora.Web.Payments.Admin.Decide;

/// <summary>
/// When something is decided, one button takes the place of another. A press right after that was meant for the old button.
/// So for a moment it is ignored.
/// </summary>
public sealed class SteadyHand(TimeProvider clock)
{
    private static readonly TimeSpan DoubleClick = TimeSpan.FromMilliseconds(700);

    private string? _shape;
    private DateTimeOffset? _changedAt;

    /// <param name="shape">Says which buttons there are.</param>
    public void Sees(string shape)
    {
        if (_shape is not null && _shape != shape)
        {
            _changedAt = clock.GetUtcNow();
        }

        _shape = shape;
    }

    public bool IsSteady => _changedAt is not { } at || clock.GetUtcNow() - at >= DoubleClick;
}
