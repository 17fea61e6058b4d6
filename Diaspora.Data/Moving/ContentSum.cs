using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Diaspora.Data.Moving;

/// <summary>A sum over rows that is the same in whatever order they come, so that two databases can be compared that sort ids each in its own way.</summary>
internal sealed class ContentSum
{
    private UInt128 _sum;

    public long Rows { get; private set; }

    public void Add(object[] row)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            foreach (var value in row)
            {
                Write(writer, value);
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), hash);
        unchecked
        {
            _sum += BinaryPrimitives.ReadUInt128LittleEndian(hash);
        }

        Rows++;
    }

    public bool Equals(ContentSum other) => (Rows, _sum) == (other.Rows, other._sum);

    private static void Write(BinaryWriter writer, object value)
    {
        writer.Write(value is not DBNull);
        switch (value)
        {
            case DBNull: break;
            case Guid id: writer.Write(id.ToByteArray()); break;
            case string text: writer.Write(text); break;
            case int number: writer.Write(number); break;
            case long number: writer.Write(number); break;
            case bool flag: writer.Write(flag); break;
            case DateTime moment: writer.Write(moment.Ticks); break;
            case DateTimeOffset moment: writer.Write(moment.UtcTicks); break;
            case DateOnly day: writer.Write(day.DayNumber); break;
            case byte[] bytes: writer.Write(bytes.Length); writer.Write(bytes); break;
            default: throw new NotSupportedException($"{value.GetType()} cannot be compared yet.");
        }
    }
}
