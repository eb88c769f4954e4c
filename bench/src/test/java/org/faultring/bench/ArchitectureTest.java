/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The graph of the packages, and what ring and hwmodel may not touch. */
class ArchitectureTest {
    private static final String ROOT = "org.faultring.";

    private static final List<String> VENDOR = List.of("ring..", "hwmodel.iommu", "hwmodel.pci", "hwmodel.workload",
            "hwmodel.layout");

    /** Package, then the packages of ours it may use; {@code x..} is x and everything below. */
    private static final Map<String, List<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            Map.entry("ring", List.of()),
            Map.entry("ring.counter", List.of("ring")),
            Map.entry("ring.queue", List.of("ring")),
            Map.entry("ring.file", List.of("ring", "ring.counter")),
            Map.entry("ring.kernel", List.of("ring.file", "ring", "ring.counter")),
            Map.entry("ring.kernel.iommufd", List.of("ring.kernel", "ring.file", "ring", "ring.counter")),
            Map.entry("ring.delivery", List.of("ring.file", "ring", "ring.counter")),

            Map.entry("hwmodel.layout", List.of()),
            Map.entry("hwmodel.pci", List.of("ring..", "hwmodel.layout")),
            Map.entry("hwmodel.workload", List.of("ring..")),
            Map.entry("hwmodel.iommu", List.of("ring..", "hwmodel.pci", "hwmodel.workload", "hwmodel.layout")),
            Map.entry("hwmodel.device", List.of("ring", "ring.counter", "ring.queue", "ring.file",
                    "hwmodel.iommu", "hwmodel.pci", "hwmodel.workload")),
            Map.entry("hwmodel.vtd", VENDOR),
            Map.entry("hwmodel.smmuv3", VENDOR),
            Map.entry("hwmodel.amd", VENDOR),
            Map.entry("hwmodel.riscv", VENDOR),
            Map.entry("hwmodel.path", List.of("ring..", "hwmodel.vtd", "hwmodel.smmuv3", "hwmodel.amd",
                    "hwmodel.riscv", "hwmodel.device", "hwmodel.iommu",
                    "hwmodel.pci", "hwmodel.workload")),
            Map.entry("hwmodel.sim", List.of("ring..", "hwmodel.path", "hwmodel.device", "hwmodel.iommu",
                    "hwmodel.pci", "hwmodel.workload")),
            Map.entry("hwmodel.explore", List.of("ring..", "hwmodel.sim", "hwmodel.path", "hwmodel.workload")),

            Map.entry("bench.linux", List.of("ring..")),
            Map.entry("bench.host", List.of("ring..", "hwmodel..")),
            Map.entry("bench.result", List.of("ring..", "hwmodel..")),
            Map.entry("bench.load", List.of("ring..", "hwmodel..", "bench.host", "bench.result")),
            Map.entry("bench.rings", List.of("ring")),
            Map.entry("bench.sim", List.of("ring..", "hwmodel..", "bench.result")),
            Map.entry("bench.tune", List.of("ring..", "hwmodel..", "bench.load", "bench.sim", "bench.host",
                    "bench.result")),
            Map.entry("bench.experiment", List.of("ring..", "hwmodel..", "bench.load", "bench.result", "bench.tune")),
            Map.entry("bench.iommus", List.of("ring..", "hwmodel..")),
            Map.entry("bench.jmh",
                    List.of("bench.rings", "bench.iommus", "bench.delivery", "bench.linux", "bench.load",
                            "hwmodel.path", "hwmodel.workload", "ring.counter")),
            Map.entry("bench.calibration", List.of("ring..", "hwmodel.sim", "bench.delivery", "bench.linux",
                    "bench.load", "bench.statistics")),
            Map.entry("bench.doctor", List.of()),
            Map.entry("bench.live", List.of("ring", "ring.counter")),
            Map.entry("bench.statistics", List.of()),
            Map.entry("bench.comparison", List.of("ring", "bench.jmh", "bench.rings", "bench.result",
                    "bench.statistics")),
            Map.entry("bench.instructions", List.of("ring", "bench.result")),
            Map.entry("bench.delivery", List.of("ring..", "hwmodel..", "bench.linux", "bench.host", "bench.load",
                    "bench.result", "bench.statistics")),
            Map.entry("bench.mapped", List.of("ring..", "hwmodel..", "bench.linux", "bench.host", "bench.result",
                    "bench.delivery", "bench.statistics")),
            Map.entry("bench.report", List.of("ring..", "hwmodel..", "bench.load", "bench.host", "bench.result",
                    "bench.comparison", "bench.rings", "bench.instructions", "bench.statistics", "bench.doctor",
                    "bench.delivery", "bench.live", "bench.linux", "bench.experiment",
                    "bench.mapped")),
            Map.entry("bench.page", List.of("bench.delivery", "bench.experiment", "bench.host", "bench.linux",
                    "bench.load", "bench.result", "bench.statistics")),
            Map.entry("bench.site", List.of("bench.delivery", "bench.page")),
            Map.entry("bench.records", List.of("hwmodel.layout", "hwmodel.vtd", "hwmodel.smmuv3", "hwmodel.amd",
                    "hwmodel.riscv", "hwmodel.pci")),
            Map.entry("bench.cli", List.of("ring..", "hwmodel..", "bench.report", "bench.load", "bench.host",
                    "bench.result", "bench.comparison", "bench.rings", "bench.records", "bench.instructions",
                    "bench.sim", "bench.linux", "bench.doctor", "bench.delivery", "bench.statistics",
                    "bench.page", "bench.live", "bench.tune", "bench.calibration", "bench.experiment",
                    "bench.mapped", "bench.site"))));

    /** Packages planned in {@link #ARROWS} that hold no class yet. */
    private static final Set<String> NOT_YET = Set.of();

    private static final String[] MODEL = {ROOT + "ring..", ROOT + "hwmodel.."};

    /** Where rings of others are measured next to ours, with whatever JVM flag they need. */
    private static final String PEERS = ROOT + "bench.rings";

    /** What of Agrona loads and works without a JVM flag; tried class by class on 17 and 25. */
    private static final Pattern AGRONA_WITHOUT_FLAG = Pattern.compile("org\\.agrona\\.("
            + "BitUtil|DeadlineTimerWheel(\\$.*)?|ErrorHandler|collections\\..*|concurrent\\.("
            + "Agent|AgentInvoker|AgentTerminationException|CompositeAgent|[A-Za-z]*IdleStrategy"
            + "|NanoClock|EpochClock|EpochMicroClock|EpochNanoClock|CachedNanoClock|CachedEpochClock))");

    /** The same for hosts, which have threads and clocks. */
    private static final Pattern AGRONA_OF_HOSTS = Pattern.compile(AGRONA_WITHOUT_FLAG.pattern()
            + "|org\\.agrona\\.concurrent\\.(AgentRunner|System[A-Za-z]*Clock|OffsetEpochNanoClock)");

    private static final Pattern WAITERS = Pattern.compile("java\\.util\\.(Timer|TimerTask)"
            + "|java\\.util\\.concurrent\\.(.*Executor.*|ForkJoin.*|CompletableFuture|locks\\..*)");

    /** The one lock of the model: it makes a file safe for several readers, as Linux's mutex does, and nothing else. */
    private static final String THE_LOCK = ROOT + "ring.file.LockedFaultFile";

    private static final Pattern JVM_FLAG = Pattern.compile(
            "--add-opens|--add-exports|--enable-native-access|--sun-misc-unsafe|-XX:|-Xm[sx]");

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.faultring")
                .that(DescribedPredicate.describe("written by hand",
                        c -> !c.getPackageName().endsWith("jmh_generated")));
    }

    @Test
    void shouldHaveAnArrowRowForEveryPackageAndAPackageForEveryRow() {
        final Set<String> expected = new TreeSet<>(ARROWS.keySet());
        expected.removeAll(NOT_YET);
        final Set<String> found = new TreeSet<>();
        for (final JavaClass c : classes) {
            if (!c.getSimpleName().equals("package-info") && !c.getSimpleName().equals("module-info")) {
                found.add(c.getPackageName().replaceFirst("^" + Pattern.quote(ROOT), ""));
            }
        }
        assertEquals(expected, found);
        assertTrue(ARROWS.keySet().containsAll(NOT_YET), () -> "NOT_YET=" + NOT_YET);
    }

    @Test
    void shouldNameOnlyKnownPackagesInTheArrows() {
        final Set<String> named = new TreeSet<>();
        ARROWS.values().forEach(named::addAll);
        named.removeAll(Set.of("ring..", "hwmodel.."));
        named.removeAll(ARROWS.keySet());
        assertEquals(Set.of(), named);
    }

    @TestFactory
    Stream<DynamicTest> shouldFollowTheArrows() {
        return ARROWS.entrySet().stream().map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
            final List<String> allowed = new ArrayList<>(row.getValue());
            allowed.add(row.getKey());
            final DescribedPredicate<JavaClass> other = DescribedPredicate.describe(
                    "are of ours but not in " + allowed, c -> isOurs(c) && !isIn(allowed, c));
            noClasses().that().resideInAPackage(ROOT + row.getKey()).should().dependOnClassesThat(other)
                    .allowEmptyShould(NOT_YET.contains(row.getKey())).check(classes);
        }));
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void shouldLeaveThreadsToTheHost() {
        noClasses().that().resideInAnyPackage(MODEL).should()
                .accessTargetWhere(accessTo("start, stop or wait on a thread", ArchitectureTest::isThreadControl))
                .check(classes);
    }

    @Test
    void shouldLeaveLocksAndTasksToTheHost() {
        noClasses().that().resideInAnyPackage(MODEL).and().doNotHaveFullyQualifiedName(THE_LOCK).should()
                .dependOnClassesThat(DescribedPredicate.describe("wait, lock or run tasks",
                        c -> WAITERS.matcher(c.getName()).matches()))
                .check(classes);
    }

    @Test
    void shouldLockNothingButAFaultFile() {
        noClasses().that().resideInAnyPackage(MODEL).should().dependOnClassesThat().haveFullyQualifiedName(THE_LOCK)
                .check(classes);
        noClasses().that().haveFullyQualifiedName(THE_LOCK).should()
                .dependOnClassesThat(DescribedPredicate.describe("wait or run tasks",
                        c -> WAITERS.matcher(c.getName()).matches()
                                && !c.getName().equals("java.util.concurrent.locks.ReentrantLock")))
                .check(classes);
    }

    @Test
    void shouldTakeTimeFromTheHost() {
        noClasses().that().resideInAnyPackage(MODEL).should()
                .accessTargetWhere(accessTo("read a clock", ArchitectureTest::isClock))
                .check(classes);
    }

    @Test
    void shouldHaveNoSynchronizedMethods() {
        methods().that().areDeclaredInClassesThat().resideInAnyPackage(MODEL)
                .should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(classes);
    }

    @Test
    void shouldUseOnlyWhatOfAgronaNeedsNoFlag() {
        noClasses().that().resideInAnyPackage(MODEL).should()
                .dependOnClassesThat(agronaOutside(AGRONA_WITHOUT_FLAG)).check(classes);
    }

    @Test
    void shouldUseOnlyWhatOfAgronaNeedsNoFlagInHostsToo() {
        noClasses().that().resideOutsideOfPackage(PEERS).should()
                .dependOnClassesThat(agronaOutside(AGRONA_OF_HOSTS)).check(classes);
    }

    @Test
    void shouldKeepPeersInTheirOnePackage() {
        noClasses().that().resideOutsideOfPackage(PEERS).should().dependOnClassesThat()
                .resideInAnyPackage("org.agrona.concurrent.ringbuffer..", "org.jctools..").check(classes);
        noClasses().that().resideInAPackage(ROOT + "bench..").and().resideOutsideOfPackage(PEERS).should()
                .dependOnClassesThat().resideInAPackage("com.lmax.disruptor..").check(classes);
    }

    @Test
    void shouldHaveJvmFlagsOnlyInTheirOneFile() throws IOException {
        final Path home = projectFolder();
        final List<Path> files = new ArrayList<>(List.of(home.resolve("pom.xml"), home.resolve("faultring"),
                home.resolve("config/jdk.sh"), home.resolve(".ci/run"), home.resolve(".mvn/maven.config")));
        for (final String module : List.of("ring", "stress", "hwmodel", "bench")) {
            files.add(home.resolve(module).resolve("pom.xml"));
        }
        assertTrue(hasJvmFlag(home.resolve("config/jvm.args")));
        for (final Path file : files) {
            assertTrue(!hasJvmFlag(file), () -> file + " holds a JVM flag; its place is config/jvm.args");
        }
        assertTrue(Files.notExists(home.resolve(".mvn/jvm.config")));
    }

    private static boolean hasJvmFlag(final Path file) throws IOException {
        return JVM_FLAG.matcher(Files.readString(file)).find();
    }

    private static Path projectFolder() {
        Path folder = Path.of("").toAbsolutePath();
        while (Files.notExists(folder.resolve("config/jvm.args"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static boolean isOurs(final JavaClass c) {
        return c.getPackageName().startsWith(ROOT);
    }

    private static boolean isIn(final List<String> packages, final JavaClass c) {
        for (final String p : packages) {
            final boolean below = p.endsWith("..");
            final String name = ROOT + (below ? p.substring(0, p.length() - 2) : p);
            if (c.getPackageName().equals(name) || below && c.getPackageName().startsWith(name + ".")) {
                return true;
            }
        }
        return false;
    }

    private static DescribedPredicate<JavaClass> agronaOutside(final Pattern allowed) {
        return DescribedPredicate.describe("are of Agrona but not in the list", c -> {
            final String name = c.getBaseComponentType().getName();
            return name.startsWith("org.agrona.") && !allowed.matcher(name).matches();
        });
    }

    private static DescribedPredicate<JavaAccess<?>> accessTo(final String what,
            final Predicate<AccessTarget> predicate) {
        return DescribedPredicate.describe(what, access -> predicate.test(access.getTarget()));
    }

    private static boolean isThreadControl(final AccessTarget target) {
        return target.getOwner().isAssignableTo(Thread.class)
                && Set.of("<init>", "sleep", "yield", "start", "onSpinWait", "join", "ofVirtual", "ofPlatform",
                        "startVirtualThread").contains(target.getName());
    }

    private static boolean isClock(final AccessTarget target) {
        final String owner = target.getOwner().getName();
        final String name = target.getName();
        return owner.equals("java.lang.System") && Set.of("nanoTime", "currentTimeMillis").contains(name)
                || owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system")
                        || name.startsWith("tick"));
    }
}
