using Diaspora.Domain.Dues;
using Diaspora.Domain.Members;
using Diaspora.Domain.Payments;

namespace Diaspora.Tests.Payments;

/// <content>What the model keeps.</content>
internal sealed partial class MoneyModel
{
    internal sealed class Intent(int payer)
    {
        public Guid Id { get; set; }

        public int Payer { get; } = payer;

        public List<Line> Lines { get; } = [];

        public bool IsSaid { get; set; }

        /// <summary>Written down by hand, not claimed.</summary>
        public bool IsRecorded { get; set; }

        public long? Received { get; set; }

        /// <summary>When the money was written down; missing once that was undone.</summary>
        public int? MoneyAt { get; set; }

        public bool IsPending => Lines.Exists(line => line.Status == PaymentStatus.Pending);
    }

    internal sealed class Line(int member, int month)
    {
        public Guid Id { get; set; }

        public int Member { get; } = member;

        public int Month { get; } = month;

        public PaymentStatus Status { get; set; }

        public int? At { get; set; }

        /// <summary>Which settling booked it besides the claim.</summary>
        public int? BookedAt { get; init; }

        public bool IsLive => Status is PaymentStatus.Pending or PaymentStatus.Confirmed;
    }

    internal sealed class Credit(int owner, long amount, Intent from)
    {
        public int Owner { get; } = owner;

        public long Amount { get; } = amount;

        public Intent From { get; } = from;

        public Intent? UsedFor { get; set; }

        public CreditStatus Status { get; set; }
    }

    internal sealed class Exemption(int member, int from, int to)
    {
        public Guid Id { get; set; }

        public int Member { get; } = member;

        public int From { get; } = from;

        public int To { get; set; } = to;

        public bool Covers(int month) => From <= month && month <= To;
    }
}
