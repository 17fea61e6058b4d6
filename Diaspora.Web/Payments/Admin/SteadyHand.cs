namespace Diaspora.Web.Payments.Admin;

/// <summary>
/// Buttons take each other's place when something is decided. For a moment after that a press is not meant for the one that is
/// there now: it is the second click of a double click, or was on its way already.
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
