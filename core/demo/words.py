"""Words that the demo's companies, people and places are made of: an agency's clients in the USA and Canada."""

from __future__ import annotations

from dataclasses import dataclass


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


@dataclass(frozen=True, slots=True)
class Tongue:
    """People of one language and the names that they give their companies."""

    share: int
    """How many of a hundred accounts have such names."""
    first: tuple[str, ...]
    last: tuple[str, ...]
    patterns: tuple[str, ...]
    """{first} and {last} are the person's names, {other} is another's; {thing}, {trade}, {shop}, {firm} and {cause} are
    of the tuples below."""
    cities: tuple[tuple[str, str], ...]
    """Each with the area code of its telephones."""


THINGS = _phrases(
    """Acorn, Amber Leaf, Bay Tree, Beacon Hill, Black Walnut, Blue Heron, Blue Ridge, Bluebird, Bright Side, Cedar
    Hill, Chestnut, Clearwater, Clover, Copper Kettle, Cornerstone, Cottonwood, Crescent, Dogwood, Driftwood,
    Eastside, Elm Street, Evergreen, Fern Hollow, Fieldstone, Firefly, First Light, Fox Run, Full Circle, Golden Oak,
    Goldfinch, Good Neighbor, Granite, Green Door, Greystone, Harborview, Hawthorn, Hearthside, Hickory, High Plains,
    Hillcrest, Honeybee, Indigo, Iron Horse, Ironwood, Ivy Lane, Juniper, Kingfisher, Lakeside, Lantern, Larkspur,
    Lighthouse, Lilac, Little River, Long Meadow, Magnolia, Main Street, Maple Grove, Marigold, Meadowlark, Midtown,
    Millstone, Mockingbird, Moonlight, Morning Star, North Shore, Northgate, Oak & Iron, Old Mill, Olive Branch,
    Orchard, Osprey, Park Avenue, Pebble Creek, Pinecrest, Prairie, Quail Hollow, Quarry, Red Barn, Redwood,
    Ridgeline, Riverbend, Robin Hill, Rosewood, Sage, Sandpiper, Seven Pines, Silver Birch, Sparrow, Spring Street,
    Stone Bridge, Summit, Sunrise, Sycamore, Tall Grass, Third Coast, Three Rivers, Tidewater, Timberline, Town &
    Country, Twin Peaks, Two Brothers, Union Square, Uptown, Valley, Village, Walnut Street, Westwind, Whistling
    Duck, White Pine, Wildflower, Willow Creek, Windmill, Winding Way, Woodland, Yellow House"""
)
TRADES = _phrases(
    """Animal Hospital, Appliance Repair, Auto Body, Auto Repair, Bakery, Bicycles, Books, Brewing Co., Builders,
    Cabinetry, Carpet & Tile, Catering, Chiropractic, Chocolates, Cleaners, Coffee Roasters, Construction,
    Counseling, Dance Academy, Deli, Dermatology, Design Studio, Dog Training, Dry Cleaning, Early Learning,
    Electric, Equestrian Center, Eye Care, Family Dentistry, Farm, Farm Stand, Fence & Deck, Financial Planning, Fine
    Art, Fitness, Floors, Florist, Furniture, Garden Center, Glass, Grill, Hardware, Hearing Center, Heating & Air,
    Home Care, Home Inspection, Insurance Agency, Interiors, Jewelers, Kitchen & Bath, Landscaping, Martial Arts,
    Massage Therapy, Montessori School, Moving & Storage, Music School, Nursery, Orthodontics, Outfitters, Painting,
    Pediatrics, Pest Control, Pet Grooming, Pharmacy, Photography, Physical Therapy, Pilates, Pizza, Plumbing,
    Pottery, Printing, Property Management, Quilts, Realty, Roofing, Salon & Spa, Screen Printing, Security, Senior
    Living, Septic Service, Signs, Solar, Staffing, Swim School, Tax Service, Tea Room, Tire & Brake, Toys, Travel,
    Tree Service, Upholstery, Veterinary Clinic, Vineyards, Web Design, Wellness Center, Window & Door, Woodworks,
    Yarn, Yoga"""
)
SHOPS = _phrases(
    """Alterations, Barber Shop, Barbecue, Bike Shop, Bridal, Cafe, Candy Kitchen, Closet, Corner Store, Cupcakes,
    Diner, Fine Foods, Flowers, Frozen Yogurt, Gift Shop, Hair Studio, Ice Cream, Kitchen, Nail Bar, Pasta, Pie Shop,
    Records, Seafood, Shoes, Tacos, Vintage, Wine Bar"""
)
FIRMS = _phrases(
    """Accounting, Advisors, Architects, Associates, Attorneys, Company, Consulting, CPAs, Engineering, Law, Partners,
    Realtors, Wealth Management"""
)
CAUSES = _phrases(
    """Animal Rescue, Arts Council, Botanical Garden, Boys Choir, Business Association, Chamber of Commerce, Children's
    Museum, Community Theater, Conservation District, Cycling Club, Downtown Alliance, Farmers Market, Film Festival,
    Food Bank, Garden Club, Habitat Store, Historical Society, Humane Society, Jewish Community Center, Jazz Society,
    Land Trust, Little League, Lutheran Church, Masters Swim Team, Meals on Wheels, Opera, Parks Foundation,
    Presbyterian Church, Public Radio, Rotary Club, Rowing Club, School of Ballet, Senior Center, Symphony, United
    Way, Women's Network, Writers Workshop, Youth Soccer, Zoological Society"""
)
CHAINS = (
    ("Fresh Fold Laundry", "freshfold"),
    ("Little Sprouts Preschool", "littlesprouts"),
    ("Handy Neighbor Home Repair", "handyneighbor"),
    ("Paws & Play Daycare", "pawsandplay"),
    ("Summit Strength Gym", "summitstrength"),
)
"""Companies with a place in many towns, each with the name of its site."""

TONGUES = (
    Tongue(
        90,
        _words(
            """Aaron Abigail Adam Aisha Alan Alice Amanda Amy Andrea Andrew Angela Anita Anna Anthony Barbara Ben Beth
            Brandon Brenda Brian Carla Carlos Carol Catherine Charles Cheryl Chris Cindy Claire Craig Dana Daniel
            David Deborah Denise Diane Donna Doug Elaine Elena Emily Eric Erin Evan Frank Gail George Gina Glenn
            Grace Greg Hannah Heather Helen Henry Holly Ian Irene Jack Jamal James Janet Jason Jeff Jennifer Jeremy
            Jill Joan Joe John Jordan Joyce Julia Karen Kate Keith Kelly Ken Kevin Kim Kristen Kyle Laura Leah Linda
            Lisa Lori Louis Lucy Luis Lynn Marcus Margaret Maria Mark Martha Mary Matt Megan Melissa Michael Michelle
            Mike Monica Nancy Naomi Natalie Nathan Neil Nicole Nina Nora Olivia Oscar Pam Patricia Paul Peter Phil
            Priya Rachel Ray Rebecca Renee Richard Rita Rob Robin Rosa Ruth Ryan Sam Sandra Sara Scott Sean Shannon
            Sharon Sofia Stephen Steve Sue Susan Tanya Teresa Theresa Thomas Tim Tina Todd Tom Tracy Trevor Valerie
            Vanessa Victor Vincent Wayne Wendy William Yolanda Yvonne Zoe"""
        ),
        _words(
            """Abbott Adams Alexander Allen Alvarez Anderson Andrews Armstrong Arnold Austin Bailey Baker Banerjee
            Barnes Barrett Becker Bell Bennett Berg Bishop Blake Bowman Boyd Bradley Brennan Brooks Bryant Burke
            Burns Butler Caldwell Campbell Carlson Carpenter Carroll Carter Castillo Chang Chapman Chavez Chen Choi
            Clark Cohen Cole Coleman Collins Conway Cook Cooper Cox Cruz Cunningham Curtis Dalton Daniels Davidson
            Dawson Delgado Desai Dixon Donnelly Doyle Duncan Dunn Edwards Eliasson Elliott Ellis Erickson Evans
            Farrell Ferguson Fernandez Fields Finch Fischer Fitzgerald Fletcher Flores Ford Foster Fowler Fox
            Franklin Friedman Fuller Gallagher Garcia Gardner Gibson Gilbert Goldberg Gomez Gonzalez Gordon Graham
            Grant Gray Greene Griffin Gutierrez Hahn Hale Hamilton Hansen Harper Harris Hayes Henderson Henry
            Hernandez Hess Hoffman Holland Holmes Howard Huang Hughes Hunter Ibrahim Iverson Jackson Jacobs James
            Jensen Jimenez Johnson Jones Jordan Kang Kaplan Keller Kelly Kennedy Khan Kim King Klein Knight Kowalski
            Kramer Kumar Lambert Larson Lawson Lee Levine Lewis Lin Lindgren Logan Lopez Lund Lynch Maddox Malone
            Marino Marsh Marshall Martin Martinez Mason Maxwell McBride McCarthy McCoy McDaniel McKenna Mehta Mendoza
            Meyer Miller Mills Mitchell Monroe Moore Morales Moreno Morgan Morris Mueller Murphy Murray Myers Nelson
            Newman Nguyen Nichols Norris Novak Nunez O'Brien O'Connor Olsen Ortiz Osborne Owens Palmer Park Parker
            Patel Patterson Pearson Perez Perry Petersen Pham Phillips Pierce Porter Powell Price Quinn Ramirez Ramos
            Reed Reeves Reyes Reynolds Rhodes Rice Richards Riley Rivera Robbins Roberts Robinson Rodriguez Rogers
            Romano Rosen Ross Rossi Rowe Russell Ruiz Ryan Salazar Sanders Sandoval Santos Schaefer Schmidt Schneider
            Schultz Schwartz Scott Shah Shapiro Shaw Shelton Silva Simmons Singh Sloan Snyder Solomon Sorensen Stein
            Stevens Stewart Stone Sullivan Swanson Tanaka Taylor Thompson Torres Tran Tucker Turner Underwood Vargas
            Vaughn Vega Wagner Walker Wallace Walsh Walters Wang Ward Warren Washington Watkins Watson Weaver Weber
            Weiss Wells West Wheeler Whitaker White Wilkins Williams Wilson Winters Wolfe Wong Wright Yamamoto Yates
            Yoder Young Zhang Ziegler Zimmerman"""
        ),
        (
            *("{last} {trade}",) * 5,
            *("{thing} {trade}",) * 5,
            *("{city} {trade}",) * 3,
            *("{city} {cause}",) * 2,
            *("{first}'s {shop}",) * 2,
            *("{last} & {other} {firm}",) * 2,
            "{last} Family {trade}",
            "{last} & Sons {trade}",
            "{last} & Daughters {trade}",
            "{last} Brothers {trade}",
            "The {thing} {shop}",
            "{thing} {shop}",
            "{thing} {trade}, LLC",
            "{last} {trade}, Inc.",
            "Friends of {thing} Park",
            "{thing} {trade} of {city}",
        ),
        (
            *(("Albany", "518"), ("Albuquerque", "505"), ("Ann Arbor", "734"), ("Asheville", "828"), ("Athens", "706")),
            *(("Austin", "512"), ("Bend", "541"), ("Boise", "208"), ("Boulder", "303"), ("Burlington", "802")),
            *(("Cambridge", "617"), ("Charleston", "843"), ("Chattanooga", "423"), ("Cincinnati", "513")),
            *(("Cleveland", "216"), ("Columbus", "614"), ("Dayton", "937"), ("Denver", "720"), ("Des Moines", "515")),
            *(("Duluth", "218"), ("Durham", "919"), ("El Paso", "915"), ("Erie", "814"), ("Eugene", "541")),
            *(("Fargo", "701"), ("Flagstaff", "928"), ("Fort Collins", "970"), ("Fort Wayne", "260")),
            *(("Grand Rapids", "616"), ("Greensboro", "336"), ("Halifax", "902"), ("Hartford", "860")),
            *(("Kansas City", "816"), ("Knoxville", "865"), ("Lancaster", "717"), ("Lexington", "859")),
            *(
                ("Lincoln", "402"),
                ("Little Rock", "501"),
                ("Louisville", "502"),
                ("Madison", "608"),
                ("Memphis", "901"),
            ),
            *(
                ("Milwaukee", "414"),
                ("Missoula", "406"),
                ("Mobile", "251"),
                ("Naperville", "630"),
                ("Nashville", "615"),
            ),
            *(("Newport", "401"), ("Norfolk", "757"), ("Oakland", "510"), ("Omaha", "402"), ("Pasadena", "626")),
            *(("Pittsburgh", "412"), ("Plymouth", "508"), ("Portland", "503"), ("Princeton", "609"), ("Provo", "801")),
            *(("Raleigh", "919"), ("Reno", "775"), ("Richmond", "804"), ("Rochester", "585"), ("Sacramento", "916")),
            *(
                ("Salem", "503"),
                ("San Antonio", "210"),
                ("Santa Cruz", "831"),
                ("Santa Fe", "505"),
                ("Sarasota", "941"),
            ),
            *(
                ("Savannah", "912"),
                ("Spokane", "509"),
                ("Springfield", "413"),
                ("St. Paul", "651"),
                ("Stamford", "203"),
            ),
            *(("Syracuse", "315"), ("Tacoma", "253"), ("Tampa", "813"), ("Toledo", "419"), ("Toronto", "416")),
            *(("Tucson", "520"), ("Tulsa", "918"), ("Vancouver", "604"), ("Waco", "254"), ("Wichita", "316")),
            *(("Wilmington", "302"), ("Worcester", "508"), ("Yakima", "509")),
        ),
    ),
    Tongue(
        6,
        _words("Alejandra Ángel Beatriz Camila Daniela Fernando Inés Javier José Lucía María Martín Óscar Raúl Sofía"),
        _words(
            """Acuña Álvarez Castañeda Domínguez Echeverría Fuentes García Gutiérrez Hernández Ibáñez Jiménez López
            Márquez Muñoz Núñez Ordóñez Peña Ramírez Rodríguez Sánchez Treviño Vásquez Zúñiga"""
        ),
        (
            *("Panadería {last}", "Taquería {last}", "Clínica Dental {last}", "Mariscos {last}", "Peluquería {last}"),
            *("Carnicería {last}", "Florería {last}", "{last} Landscaping", "{last} Tax Service", "{last} Roofing"),
            *("{last} e Hijos", "Escuela de Danza {first}", "Joyería {last}", "Casa {last}", "Lavandería {last}"),
        ),
        (("El Paso", "915"), ("Fresno", "559"), ("Hialeah", "305"), ("Laredo", "956"), ("San Antonio", "210")),
    ),
    Tongue(
        4,
        _words("André Benoît Chloé Élodie François Geneviève Hélène Jérôme Léa Mathieu Noémie René Stéphane Zoé"),
        _words(
            """Beaulieu Bélanger Côté Desjardins Fréchette Gagné Hébert Lachapelle Lavallée Léveillé Ménard Pépin
            Prévost Séguin Thériault Vézina"""
        ),
        (
            *("Boulangerie {last}", "Café {last}", "Fleuriste {last}", "Garage {last}", "Librairie {last}"),
            *("{last} Immobilier", "Clinique Dentaire {last}", "Pâtisserie {first}", "Plomberie {last}"),
            *("Érablière {last}", "Atelier {first}", "{last} Notaires", "Vétérinaire {last}"),
        ),
        (("Gatineau", "819"), ("Laval", "450"), ("Montréal", "514"), ("Québec", "418"), ("Sherbrooke", "819")),
    ),
)

PARTNERS = ("Northwind Marketing", "Blue Door Agency", "Self-managed", "Lumen Creative", "Bright Path Media")
"""Where accounts go that move out."""

PLANS = ("Lite", "Lite", "Standard", "Standard", "Standard", "Standard", "Premium")
OLD_PLANS = ("Core", "Plus", "Email", "Email Plus")
"""Sold before 2023 (domain rule 11); who has one may keep it."""
