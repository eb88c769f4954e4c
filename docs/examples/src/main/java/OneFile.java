import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.faultring.ring.FaultSlotEncoder;
import org.faultring.ring.MappedDevice;
import org.faultring.ring.MappedHandler;
import org.faultring.ring.MappedRing;
import org.faultring.ring.PageFaultFlyweight;
import org.faultring.ring.PageResponseFlyweight;

/** Device and handler on one file. Each could as well be in another process, of Java or C. */
public final class OneFile {

    private static final int FAULTS = 100_000;
    /** Who gives no sign of life for so long may be replaced. */
    private static final long STALE_NANOS = 1_000_000_000L;

    private static int raised;
    private static int answered;

    public static void main(final String[] args) throws IOException {
        final Path path = Files.createTempDirectory("faults").resolve("ring");
        try (MappedDevice device = MappedRing.create(path, 64).device(System.nanoTime(), STALE_NANOS);
                MappedHandler handler = MappedRing.attach(path).handler(System.nanoTime(), STALE_NANOS)) {
            while (answered < FAULTS) {
                if (raised < FAULTS) {
                    raise(device);
                }
                handler.poll((first, position, slots) -> handler.answer(position, PageResponseFlyweight.SUCCESS), 16);
                device.poll(OneFile::takeAnswer, 16);
                if (!device.heartbeat(System.nanoTime()) || !handler.heartbeat(System.nanoTime())) {
                    throw new IllegalStateException("another process has taken a side");
                }
            }
        } finally {
            Files.delete(path);
            Files.delete(path.getParent());
        }
        System.out.println(answered + " faults answered over one file.");
    }

    private static void raise(final MappedDevice device) {
        final long position = device.tryClaim(1); // below 0 while the ring is full
        if (position >= 0) {
            FaultSlotEncoder.fault(device.buffer(), device.slotOffset(position), PageFaultFlyweight.LAST_PAGE, 1, 0, 0,
                    PageFaultFlyweight.READ, raised * 4096L, raised);
            device.commit(raised++);
        }
    }

    private static void takeAnswer(final int cookie, final int code) {
        if (cookie != answered++ || code != PageResponseFlyweight.SUCCESS) {
            throw new IllegalStateException("cookie " + cookie + " answered with code " + code);
        }
    }
}
