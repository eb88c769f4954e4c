/*
 * Copyright 2026 The Fault Ring Authors
 * SPDX-License-Identifier: Apache-2.0
 */
package org.faultring.bench.linux;

/** Numbers of io_uring's interface (include/uapi/linux/io_uring.h); offsets in bytes. */
final class UringLayout {

    static final int SETUP_SQPOLL = 1 << 1;
    static final int SETUP_CQSIZE = 1 << 3;
    static final int SETUP_R_DISABLED = 1 << 6;
    static final int SETUP_SUBMIT_ALL = 1 << 7;
    static final int SETUP_TASKRUN_FLAG = 1 << 9;
    static final int SETUP_SINGLE_ISSUER = 1 << 12;
    static final int SETUP_DEFER_TASKRUN = 1 << 13;

    static final int FEAT_SINGLE_MMAP = 1;
    static final int FEAT_NODROP = 1 << 1;
    static final int FEAT_EXT_ARG = 1 << 8;
    static final int FEAT_CQE_SKIP = 1 << 11;

    /** {@code struct io_uring_params}. */
    static final int PARAMS_BYTES = 120;
    static final int PARAMS_SQ_ENTRIES = 0;
    static final int PARAMS_CQ_ENTRIES = 4;
    static final int PARAMS_FLAGS = 8;
    static final int PARAMS_SQ_THREAD_IDLE = 16;
    static final int PARAMS_FEATURES = 20;
    static final int PARAMS_SQ_OFF = 40;
    static final int PARAMS_CQ_OFF = 80;

    /** {@code struct io_sqring_offsets}: where in {@link #PARAMS_SQ_OFF} the place of a word is told. */
    static final int SQ_OFF_HEAD = 0;
    static final int SQ_OFF_TAIL = 4;
    static final int SQ_OFF_FLAGS = 16;
    static final int SQ_OFF_ARRAY = 24;

    /** {@code struct io_cqring_offsets}. */
    static final int CQ_OFF_HEAD = 0;
    static final int CQ_OFF_TAIL = 4;
    static final int CQ_OFF_OVERFLOW = 16;
    static final int CQ_OFF_CQES = 20;

    /** What mmap(2) of a ring's descriptor maps at an offset of the file. */
    static final long OFF_SQ_RING = 0;
    static final long OFF_SQES = 0x10000000L;

    static final int SQ_NEED_WAKEUP = 1;
    static final int SQ_CQ_OVERFLOW = 1 << 1;
    static final int SQ_TASKRUN = 1 << 2;

    static final int ENTER_GETEVENTS = 1;
    static final int ENTER_SQ_WAKEUP = 1 << 1;
    static final int ENTER_EXT_ARG = 1 << 3;

    /** {@code struct io_uring_getevents_arg}. */
    static final int GETEVENTS_ARG_BYTES = 24;
    static final int GETEVENTS_ARG_TS = 16;

    /** {@code struct io_uring_sqe}. */
    static final int SQE_BYTES = 64;
    static final int SQE_FLAGS = 1;
    static final int SQE_FD = 4;
    static final int SQE_OFF = 8;
    static final int SQE_ADDR = 16;
    static final int SQE_LEN = 24;
    static final int SQE_OP_FLAGS = 28;
    static final int SQE_USER_DATA = 32;
    static final int SQE_BUF = 40;

    static final int SQE_FIXED_FILE = 1;
    static final int SQE_BUFFER_SELECT = 1 << 5;
    static final int SQE_CQE_SKIP_SUCCESS = 1 << 6;

    /** {@code struct io_uring_cqe}. */
    static final int CQE_BYTES = 16;
    static final int CQE_USER_DATA = 0;
    static final int CQE_RES = 8;
    static final int CQE_FLAGS = 12;

    static final int OP_READ_FIXED = 4;
    static final int OP_WRITE_FIXED = 5;
    static final int OP_POLL_ADD = 6;
    static final int OP_ASYNC_CANCEL = 14;
    static final int OP_READ = 22;
    static final int OP_WRITE = 23;
    /** Since Linux 6.7; the headers of a system may be older than the kernel that runs. */
    static final int OP_READ_MULTISHOT = 49;

    static final int POLL_ADD_MULTI = 1;
    static final int CANCEL_ALL = 1;
    static final int CANCEL_ANY = 1 << 2;

    static final int REGISTER_PROBE = 8;
    static final int REGISTER_ENABLE_RINGS = 12;
    static final int REGISTER_FILES2 = 13;
    static final int REGISTER_FILES_UPDATE2 = 14;
    static final int REGISTER_BUFFERS2 = 15;
    static final int REGISTER_BUFFERS_UPDATE = 16;
    static final int REGISTER_IOWQ_MAX_WORKERS = 19;
    static final int REGISTER_PBUF_RING = 22;
    static final int REGISTER_SYNC_CANCEL = 24;

    static final int RSRC_REGISTER_SPARSE = 1;

    /** {@code struct io_uring_rsrc_register}. */
    static final int RSRC_REGISTER_BYTES = 32;
    static final int RSRC_REGISTER_NR = 0;
    static final int RSRC_REGISTER_FLAGS = 4;

    /** {@code struct io_uring_rsrc_update2}. */
    static final int RSRC_UPDATE2_BYTES = 32;
    static final int RSRC_UPDATE2_OFFSET = 0;
    static final int RSRC_UPDATE2_DATA = 8;
    static final int RSRC_UPDATE2_NR = 24;

    /** {@code struct io_uring_buf_reg}. */
    static final int BUF_REG_BYTES = 40;
    static final int BUF_REG_RING_ADDR = 0;
    static final int BUF_REG_RING_ENTRIES = 8;
    static final int BUF_REG_BGID = 12;

    /** {@code struct io_uring_buf}; the tail of {@code struct io_uring_buf_ring} lies in the first one. */
    static final int BUF_BYTES = 16;
    static final int BUF_ADDR = 0;
    static final int BUF_LEN = 8;
    static final int BUF_BID = 12;
    static final int BUF_RING_TAIL = 14;

    /** {@code struct io_uring_sync_cancel_reg}. */
    static final int SYNC_CANCEL_BYTES = 64;
    static final int SYNC_CANCEL_FD = 8;
    static final int SYNC_CANCEL_FLAGS = 12;
    static final int SYNC_CANCEL_TIMEOUT = 16;

    /** {@code struct io_uring_probe} and, from {@link #PROBE_BYTES} on, its operations. */
    static final int PROBE_BYTES = 16;
    static final int PROBE_OP_BYTES = 8;
    static final int PROBE_OP_FLAGS = 2;
    static final int OP_SUPPORTED = 1;

    private UringLayout() {}
}
