using System.Security.Cryptography;
using Diaspora.Domain.Backups;

namespace Diaspora.Data.Backups;

/// <summary>Reads what <see cref="SealingStream"/> has written, from any place on. Nothing is given out that was not proved to be as it was written.</summary>
internal sealed class UnsealingStream : Stream
{
    private readonly Stream _file;
    private readonly SealHeader _header;
    private readonly byte[] _associated = new byte[SealHeader.Length];
    private readonly AesGcm _key;
    private readonly byte[] _plain;
    private readonly byte[] _sealed;
    private readonly uint _last;
    private long _opened = -1;
    private int _filled;

    /// <exception cref="BackupException">The passphrase is another one, or the archive is damaged.</exception>
    public UnsealingStream(Stream file, string passphrase)
    {
        _file = file;
        if (file.ReadAtLeast(_associated, SealHeader.Length, throwOnEndOfStream: false) < SealHeader.Length)
        {
            throw new BackupException(BackupFault.Damaged, "The archive is cut off.");
        }

        (_header, _key) = SealHeader.Read(_associated, passphrase);
        _plain = new byte[_header.ChunkBytes];
        _sealed = new byte[_header.ChunkBytes + SealHeader.TagBytes];
        var body = file.Length - SealHeader.Length;
        var chunks = (body + _sealed.Length - 1) / _sealed.Length;
        if (chunks is < 1 or > uint.MaxValue || body - ((chunks - 1) * _sealed.Length) < SealHeader.TagBytes)
        {
            throw new BackupException(BackupFault.Damaged, "The archive is cut off.");
        }

        _last = (uint)(chunks - 1);
        Length = body - (chunks * SealHeader.TagBytes);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (Position >= Length || buffer.Length == 0)
        {
            return 0;
        }

        Open(Position / _plain.Length);
        var from = (int)(Position % _plain.Length);
        var count = Math.Min(buffer.Length, _filled - from);
        _plain.AsSpan(from, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _key.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Open(long chunk)
    {
        if (chunk == _opened)
        {
            return;
        }

        _opened = -1;
        _file.Position = SealHeader.Length + (chunk * _sealed.Length);
        var read = _file.ReadAtLeast(_sealed, _sealed.Length, throwOnEndOfStream: false);
        _filled = read - SealHeader.TagBytes;
        try
        {
            _key.Decrypt(_header.Nonce((uint)chunk, chunk == _last), _sealed.AsSpan(0, _filled), _sealed.AsSpan(_filled, SealHeader.TagBytes), _plain.AsSpan(0, _filled), _associated);
            _opened = chunk;
        }
        catch (AuthenticationTagMismatchException fault)
        {
            throw new BackupException(BackupFault.Damaged, chunk == _last ? "The archive is damaged at its end, or cut off." : $"The archive is damaged: chunk {chunk + 1} of {_last + 1L} is not as it was written.", fault);
        }
    }
}
