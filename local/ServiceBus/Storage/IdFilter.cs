namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>A Bloom filter over message-id hashes: sixteen bits for each, about one false alarm in two thousand.</summary>
internal sealed class IdFilter(int capacity)
{
    private const int Probes = 8;

    private readonly ulong[] _bits = new ulong[Math.Max(1, capacity / 4)];

    public void Add(UInt128 hash)
    {
        var (step, at) = ((ulong)(hash >> 64) | 1, (ulong)hash);
        for (var i = 0; i < Probes; i++, at += step)
            Word(at) |= 1UL << (int)(at & 63);
    }

    public bool MayHave(UInt128 hash)
    {
        var (step, at) = ((ulong)(hash >> 64) | 1, (ulong)hash);
        for (var i = 0; i < Probes; i++, at += step)
            if ((Word(at) & (1UL << (int)(at & 63))) == 0)
                return false;
        return true;
    }

    private ref ulong Word(ulong at) => ref _bits[(int)((at >> 6) % (ulong)_bits.Length)];
}
