/*
 * color-space.c - colours told by what the eye sees of them: CIE's spaces,
 * Tektronix' HVC, and intensities of red, green and blue.
 *
 * X11 turns them into what to send to a monitor by the measurements of one,
 * a Tektronix of 1990; as terminals are tested with the values that come of
 * this, ours are the same.  What the monitor could not show is brought nearer
 * to gray, its lightness kept.
 */
#include <math.h>
#include <string.h>
#include "vt/color.h"

#define PARTS     3
#define KNOTS     52 /* a code in five */
#define KNOT_STEP 5

/* Intensity of the monitor for every fifth code, in millionths. */
/* clang-format off */
static const uint32_t curves[PARTS][KNOTS] = {
    {
        0, 0, 936, 1481, 2329, 3529, 5127, 7169,
        9699, 12759, 16392, 20637, 25533, 31119, 37431, 44504,
        52373, 61069, 70624, 81070, 92433, 104744, 118026, 132307,
        147610, 163958, 181371, 199871, 219475, 240202, 262069, 285089,
        309278, 334647, 361208, 388971, 417945, 448138, 479555, 512202,
        546082, 581199, 617552, 655144, 693971, 734031, 775322, 817837,
        861571, 906515, 952662, 1000000,
    },
    {
        0, 0, 0, 0, 832, 1998, 3612, 5736,
        8428, 11745, 15740, 20463, 25960, 32275, 39449, 47519,
        56520, 66484, 77439, 89409, 102418, 116485, 131625, 147853,
        165176, 183604, 203140, 223783, 245533, 268384, 292327, 317351,
        343441, 370580, 398747, 427919, 458068, 489165, 521176, 554067,
        587797, 622324, 657604, 693588, 730225, 767459, 805235, 843491,
        882164, 921187, 960490, 1000000,
    },
    {
        0, 0, 0, 1341, 2080, 3188, 4729, 6766,
        9357, 12559, 16424, 21004, 26344, 32489, 39481, 47357,
        56154, 65903, 76634, 88373, 101145, 114968, 129862, 145841,
        162915, 181095, 200386, 220791, 242309, 264937, 288670, 313499,
        339410, 366390, 394421, 423481, 453547, 484592, 516587, 549498,
        583291, 617925, 653361, 689553, 726454, 764013, 802178, 840891,
        880093, 919723, 959715, 1000000,
    },
};
/* clang-format on */

/* The last code of each that is dark. */
static const uint8_t dark[PARTS] = { 9, 19, 14 };

/* CIE XYZ to linear red, green, blue of that monitor. */
static const double from_xyz[PARTS][PARTS] = {
    { 3.48340481253539, -1.52176374927285, -0.55923133354050 },
    { -1.07152751306194, 1.96593795204372, 0.03673691339553 },
    { 0.06351179790498, -0.20020501000496, 0.81070942031648 },
};

/* The monitor's white: u' and v'; its Y is 1. */
#define WHITE_U 0.18835273895939375
#define WHITE_V 0.44625623816017118
static const double white_xyz[PARTS] = { 0.9496644, 1.0, 1.4060403 };

/* ---- spaces: what was read becomes CIE u'v'Y ---- */

static void from_uvy(const double in[PARTS], double uvy[PARTS])
{
    memcpy(uvy, in, PARTS * sizeof *in);
}

static void uvy_of_xyz(const double in[PARTS], double uvy[PARTS])
{
    double sum = in[0] + 15 * in[1] + 3 * in[2];

    uvy[0] = sum > 0 ? 4 * in[0] / sum : WHITE_U;
    uvy[1] = sum > 0 ? 9 * in[1] / sum : WHITE_V;
    uvy[2] = in[1];
}

static void from_xyy(const double in[PARTS], double uvy[PARTS])
{
    double xyz[PARTS] = { 0, in[2], 0 };

    if (in[1] > 0) {
        xyz[0] = in[0] * in[2] / in[1];
        xyz[2] = (1 - in[0] - in[1]) * in[2] / in[1];
    }
    uvy_of_xyz(xyz, uvy);
}

/* CIE lightness L* (also Tektronix' value), 0 to 100, to Y. */
static double y_of_lightness(double l)
{
    double t = (l + 16) / 116;

    return l < 7.99953624 ? l / 903.29 : t * t * t;
}

/* X11 counts a* and b* in hundredths, and dark colours hundredfold. */
static void from_lab(const double in[PARTS], double uvy[PARTS])
{
    double y = (in[0] + 16) / 116, dark_y = in[0] / 9.03292;
    double x = y + in[1] / 5, z = y - in[2] / 2;
    double xyz[PARTS] = { x * x * x, y * y * y, z * z * z };
    unsigned i;

    if (xyz[1] < 0.008856) {
        xyz[0] = dark_y + in[1] / 3893.5;
        xyz[1] = dark_y;
        xyz[2] = dark_y - in[2] / 1557.4;
    }
    for (i = 0; i < PARTS; i++)
        xyz[i] *= white_xyz[i];
    uvy_of_xyz(xyz, uvy);
}

/* ... and u* and v* too. */
static void from_luv(const double in[PARTS], double uvy[PARTS])
{
    double scale = 13 * in[0] / 100;

    uvy[0] = WHITE_U + (scale > 0 ? in[1] / scale : 0);
    uvy[1] = WHITE_V + (scale > 0 ? in[2] / scale : 0);
    uvy[2] = y_of_lightness(in[0]);
}

/* Hue in degrees, counted from the best red; value; chroma. */
static void from_hvc(const double in[PARTS], double uvy[PARTS])
{
    double red = atan2(0.4931 - WHITE_V, 0.7127 - WHITE_U);
    double hue = in[0] * (acos(-1) / 180) + red;
    double radius = in[1] > 0 ? in[2] / (in[1] * 7.50725) : 0;

    uvy[0] = WHITE_U + radius * cos(hue);
    uvy[1] = WHITE_V + radius * sin(hue);
    uvy[2] = y_of_lightness(in[1]);
}

/* ---- the monitor ---- */

static void linear_of_uvy(const double uvy[PARTS], double linear[PARTS])
{
    double u = uvy[0], v = uvy[1], y = uvy[2];
    double xyz[PARTS] = { 0, y, 0 };
    unsigned i;

    if (v > 0) {
        xyz[0] = 9 * u * y / (4 * v);
        xyz[2] = (12 - 3 * u - 20 * v) * y / (4 * v);
    }
    for (i = 0; i < PARTS; i++)
        linear[i] = from_xyz[i][0] * xyz[0] + from_xyz[i][1] * xyz[1] +
                    from_xyz[i][2] * xyz[2];
}

static bool can_show(const double linear[PARTS])
{
    unsigned i;

    for (i = 0; i < PARTS; i++)
        if (!(linear[i] >= 0 && linear[i] <= 1))
            return false;
    return true;
}

/* On the way from gray (t is 0) to the colour (1). */
static bool linear_on_way(const double uvy[PARTS], double t,
                          double linear[PARTS])
{
    double mixed[PARTS] = { WHITE_U + t * (uvy[0] - WHITE_U),
                            WHITE_V + t * (uvy[1] - WHITE_V), uvy[2] };

    linear_of_uvy(mixed, linear);
    return can_show(linear);
}

/* The last on the way that can be shown. */
static void nearest_linear(const double uvy[PARTS], double linear[PARTS])
{
    double low = 0, high = 1;
    unsigned i;

    if (linear_on_way(uvy, 1, linear))
        return;
    for (i = 0; i < 32; i++) {
        double middle = (low + high) / 2;

        if (linear_on_way(uvy, middle, linear))
            low = middle;
        else
            high = middle;
    }
    linear_on_way(uvy, low, linear);
}

/* The code that gives an intensity. */
static uint32_t code_of(unsigned part, double intensity)
{
    const uint32_t *curve = curves[part];
    double want = intensity * 1e6, from, to;
    unsigned i = dark[part] / KNOT_STEP + 1;

    if (want <= 0)
        return 0;
    while (i < KNOTS - 1 && curve[i] < want)
        i++;
    to = i * KNOT_STEP;
    from = curve[i - 1] == 0 ? dark[part] : to - KNOT_STEP;
    to = from + (to - from) * (want - curve[i - 1]) / (curve[i] - curve[i - 1]);
    return to > 254.5 ? 255 : (uint32_t)(to + 0.5);
}

static uint32_t rgb_of_linear(const double linear[PARTS])
{
    uint32_t rgb = 0;
    unsigned i;

    for (i = 0; i < PARTS; i++)
        rgb = rgb << 8 | code_of(i, linear[i]);
    return rgb;
}

/* ---- reading ---- */

/* A decimal number, in any locale. */
static bool read_number(const char **s, double *out)
{
    const char *p = *s;
    double value = 0, scale = 1;
    bool negative = *p == '-', point = false, digits = false;

    p += *p == '-' || *p == '+';
    for (; (*p >= '0' && *p <= '9') || (*p == '.' && !point); p++) {
        if (*p == '.') {
            point = true;
            continue;
        }
        digits = true;
        value = value * 10 + (*p - '0');
        scale *= point ? 10 : 1;
    }
    *out = negative ? -value / scale : value / scale;
    *s = p;
    return digits;
}

static bool read_parts(const char *s, double parts[PARTS])
{
    unsigned i;

    for (i = 0; i < PARTS; i++) {
        if (!read_number(&s, &parts[i]) || *s != (i < PARTS - 1 ? '/' : '\0'))
            return false;
        s++;
    }
    return true;
}

static const struct space {
    const char *prefix;
    /* NULL: they are the monitor's intensities already. */
    void (*uvy_of)(const double in[PARTS], double uvy[PARTS]);
    double least[PARTS], most[PARTS];
} spaces[] = {
    { "rgbi:", NULL, { 0, 0, 0 }, { 1, 1, 1 } },
    { "CIEXYZ:", uvy_of_xyz, { 0, 0, 0 }, { 9, 9, 9 } },
    { "CIEuvY:", from_uvy, { 0, 0, 0 }, { 1, 1, 1 } },
    { "CIExyY:", from_xyy, { 0, 0, 0 }, { 1, 1, 1 } },
    { "CIELab:", from_lab, { 0, -999, -999 }, { 100, 999, 999 } },
    { "CIELuv:", from_luv, { 0, -999, -999 }, { 100, 999, 999 } },
    { "TekHVC:", from_hvc, { -999, 0, 0 }, { 999, 100, 999 } },
};

static bool in_range(const double in[PARTS], const double least[PARTS],
                     const double most[PARTS])
{
    unsigned i;

    for (i = 0; i < PARTS; i++)
        if (!(in[i] >= least[i] && in[i] <= most[i]))
            return false;
    return true;
}

bool color_space(const char *spec, uint32_t *rgb)
{
    double in[PARTS], uvy[PARTS], linear[PARTS];
    const struct space *s = spaces, *end = s + sizeof spaces / sizeof *s;

    while (s < end && !color_prefix(&spec, s->prefix))
        s++;
    if (s == end || !read_parts(spec, in) || !in_range(in, s->least, s->most))
        return false;
    if (s->uvy_of != NULL) {
        s->uvy_of(in, uvy);
        nearest_linear(uvy, linear);
    } else {
        memcpy(linear, in, sizeof linear);
    }
    *rgb = rgb_of_linear(linear);
    return true;
}
